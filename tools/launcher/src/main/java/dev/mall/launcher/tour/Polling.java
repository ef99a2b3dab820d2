package dev.mall.launcher.tour;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something that should come. */
final class Polling {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Polling() {}

  /**
   * @throws UnexpectedReplyException with the complaint, if the condition does not come true
   */
  static void until(Duration patience, BooleanSupplier condition, Supplier<String> complaint) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        throw new UnexpectedReplyException(
            "%s after %d s".formatted(complaint.get(), patience.toSeconds()));
      }
      pause(PAUSE);
    }
  }

  static void pause(Duration pause) {
    try {
      Thread.sleep(pause);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnexpectedReplyException("interrupted", e);
    }
  }
}
