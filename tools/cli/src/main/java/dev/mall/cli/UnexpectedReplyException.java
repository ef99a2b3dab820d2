package dev.mall.cli;

/** A service gave no response, or one that the caller cannot continue with. */
public final class UnexpectedReplyException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UnexpectedReplyException(String message) {
    super(message);
  }
}
