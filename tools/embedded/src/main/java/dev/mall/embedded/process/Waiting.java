package dev.mall.embedded.process;

import java.time.Duration;
import java.util.function.BooleanSupplier;

public final class Waiting {

  private static final Duration PAUSE = Duration.ofMillis(10);

  private Waiting() {}

  /** Whether the condition came true in time; an interrupt is kept and counts as "no". */
  public static boolean until(Duration patience, BooleanSupplier condition) {
    long end = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      try {
        Thread.sleep(PAUSE);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return true;
  }
}
