package dev.mall.chaos.mall;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waiting for what should come true. */
public final class Await {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Await() {}

  /** Did not come true in time. */
  public static final class Lost extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Lost(String what, Duration atMost) {
      super("%s: not within %d s".formatted(what, atMost.toSeconds()));
    }
  }

  /** Whether it came true in time. */
  public static boolean until(Duration atMost, BooleanSupplier condition)
      throws InterruptedException {
    long end = System.nanoTime() + atMost.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - end > 0) {
        return false;
      }
      Thread.sleep(PAUSE);
    }
    return true;
  }

  public static void demand(String what, Duration atMost, BooleanSupplier condition)
      throws InterruptedException {
    if (!until(atMost, condition)) {
      throw new Lost(what, atMost);
    }
  }
}
