package dev.mall.launcher.tour;

/** A service answered what the tour cannot go on with, or not at all. */
public final class UnexpectedReplyException extends RuntimeException {

  UnexpectedReplyException(String message) {
    super(message);
  }

  UnexpectedReplyException(String message, Throwable cause) {
    super(message, cause);
  }
}
