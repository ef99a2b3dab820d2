package dev.mall.runtime;

import java.time.Duration;
import java.util.function.Supplier;

/** Keeps a reading that may become slow from taking more than a twentieth of the time. */
public final class Sampling {

  private static final int SHARE = 20;

  private final long atLeastNanos;
  private long dueAt = System.nanoTime();

  /**
   * @param atLeast pause between two readings, however fast they are
   */
  public Sampling(Duration atLeast) {
    this.atLeastNanos = atLeast.toNanos();
  }

  public synchronized boolean isDue() {
    return System.nanoTime() - dueAt >= 0;
  }

  /** Reads, and sets the time of the next reading, also if this one fails. */
  public synchronized <T> T read(Supplier<T> reading) {
    var start = System.nanoTime();
    try {
      return reading.get();
    } finally {
      var end = System.nanoTime();
      dueAt = end + Math.max(atLeastNanos, SHARE * (end - start));
    }
  }
}
