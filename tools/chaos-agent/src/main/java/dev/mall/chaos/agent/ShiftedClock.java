package dev.mall.chaos.agent;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;

/**
 * The wall clock as this process is made to see it: the services and what they are made of read it
 * in place of their own. Intervals ({@code System.nanoTime}) stay as they are, as it does when an
 * operator sets a machine's clock.
 */
public final class ShiftedClock extends Clock {

  private static volatile long millis;

  private final Clock right;

  private ShiftedClock(Clock right) {
    this.right = right;
  }

  static void shift(long by) {
    millis = by;
  }

  /** In place of {@code System.currentTimeMillis()}. */
  public static long currentTimeMillis() {
    return System.currentTimeMillis() + millis;
  }

  /** The clock that {@code java.time} reads by default. */
  public static Clock clock() {
    return shifted(Clock.system(ZoneId.systemDefault()));
  }

  /** A clock that is as wrong as all the others, in place of a right one. */
  public static Clock shifted(Clock right) {
    return new ShiftedClock(right);
  }

  @Override
  public Instant instant() {
    return right.instant().plusMillis(millis);
  }

  @Override
  public ZoneId getZone() {
    return right.getZone();
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return new ShiftedClock(right.withZone(zone));
  }
}
