package dev.mall.launcher.suite;

import org.jspecify.annotations.Nullable;

/** The suite did not start, and nothing of it runs; the message says why and what may help. */
public final class StartFailedException extends RuntimeException {

  StartFailedException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
