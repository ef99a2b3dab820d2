package dev.mall.launcher.tour;

/** A request may or may not have been taken; with a key it may be sent again. */
final class NoAnswerException extends UnexpectedReplyException {
  NoAnswerException(String message, Throwable cause) {
    super(message, cause);
  }
}
