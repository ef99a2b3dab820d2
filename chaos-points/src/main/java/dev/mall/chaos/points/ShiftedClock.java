package dev.mall.chaos.points;

import java.time.Duration;
import java.time.Instant;

/**
 * The wall clock as this process is made to see it: {@code java.time} and calls of {@code
 * System.currentTimeMillis} in the services and what they are made of. What measures intervals
 * ({@code System.nanoTime}) stays as it is, as it does when an operator sets a machine's clock.
 */
public final class ShiftedClock {

  private static volatile long millis;

  private ShiftedClock() {}

  static void shift(long by) {
    millis = by;
  }

  /** In place of {@code System.currentTimeMillis()}. */
  public static long currentTimeMillis() {
    return System.currentTimeMillis() + millis;
  }

  /** What {@code java.time.Clock} answers. */
  public static Instant shifted(Instant real) {
    return millis == 0 ? real : real.plus(Duration.ofMillis(millis));
  }
}
