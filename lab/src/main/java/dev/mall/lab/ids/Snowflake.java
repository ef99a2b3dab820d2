package dev.mall.lab.ids;

import java.util.OptionalLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/**
 * Snowflake as textbooks have it: 41 bits of milliseconds, 10 of the worker, 12 of a sequence. It
 * knows no more than its last id, in memory, and is not thread-safe.
 */
final class Snowflake {

  private static final int SEQUENCES = 1 << 12;

  /** Answers to a clock that is behind the last id. */
  enum ClockBack {
    /** Trusts the clock. */
    IGNORE,
    /** Waits until the clock has caught up. */
    WAIT,
    /** Goes on in the time of the last id, and beyond it once its sequence is used up. */
    BORROW,
    /** Makes no id. */
    REFUSE
  }

  private final LongSupplier millis;
  private final int worker;
  private final ClockBack answer;
  private long time;
  private int sequence;

  /**
   * @param millis the wall clock, since the epoch of the ids
   */
  Snowflake(LongSupplier millis, int worker, ClockBack answer) {
    this.millis = millis;
    this.worker = worker;
    this.answer = answer;
  }

  /** The next id; empty if it is refused. */
  OptionalLong next() {
    long now = millis.getAsLong();
    if (now < time) {
      switch (answer) {
        case IGNORE -> {}
        case WAIT -> now = awaited(time);
        case BORROW -> now = time;
        case REFUSE -> {
          return OptionalLong.empty();
        }
      }
    }
    sequence = now == time ? sequence + 1 : 0;
    if (sequence == SEQUENCES) {
      now = answer == ClockBack.BORROW ? time + 1 : awaited(time + 1);
      sequence = 0;
    }
    time = now;
    return OptionalLong.of(time << 22 | (long) worker << 12 | sequence);
  }

  static long time(long id) {
    return id >>> 22;
  }

  static int sequence(long id) {
    return (int) id & (SEQUENCES - 1);
  }

  private long awaited(long wanted) {
    long now = millis.getAsLong();
    while (now < wanted) {
      LockSupport.parkNanos(100_000);
      now = millis.getAsLong();
    }
    return now;
  }
}
