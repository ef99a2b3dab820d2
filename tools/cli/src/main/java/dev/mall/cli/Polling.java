package dev.mall.cli;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for conditions by checking them every 100 ms. */
public final class Polling {

  private static final Duration PAUSE = Duration.ofMillis(100);

  private Polling() {}

  /** A condition did not become true in time. */
  public static final class TimedOutException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimedOutException(String complaint, Duration atMost) {
      super("%s after %d s".formatted(complaint, atMost.toSeconds()));
    }
  }

  /** Returns whether the condition became true in time. */
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

  /**
   * Waits until the condition is true.
   *
   * @param complaint the state that the caller is left with otherwise
   * @throws TimedOutException with the complaint if the time is over
   */
  public static void require(Duration atMost, BooleanSupplier condition, Supplier<String> complaint)
      throws InterruptedException {
    if (!until(atMost, condition)) {
      throw new TimedOutException(complaint.get(), atMost);
    }
  }
}
