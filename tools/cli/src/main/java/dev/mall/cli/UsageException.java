package dev.mall.cli;

/** A command line that cannot be run as given; the message says why, in one line. */
public final class UsageException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UsageException(String message) {
    super(message);
  }
}
