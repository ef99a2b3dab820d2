package dev.mall.messaging.outbox.relay;

import java.time.Duration;

/**
 * Where a scan of the outbox may begin, so that it need not walk over the index entries of a
 * million deleted rows.
 *
 * <p>Rows do not appear in number order: a transaction takes numbers when it appends and shows them
 * when it commits. But none lives longer than the database lets it. So a number seen some time ago
 * bounds what can still appear below it: nothing, once every transaction of that time has ended.
 * Not safe for use by several threads.
 */
final class ScanWatermark {

  private final long settledAfterNanos;
  private long floor;
  private long highestSeen;
  private long candidate;
  private long candidateSince;

  /**
   * @param longestTransaction no transaction is open for longer than this; the database's limit
   */
  ScanWatermark(Duration longestTransaction, long now) {
    // twice: the server's limit ends a transaction a moment after it has passed
    this.settledAfterNanos = longestTransaction.multipliedBy(2).toNanos();
    this.candidateSince = now;
  }

  /** Every row left has a number above this. */
  long value() {
    return floor;
  }

  /**
   * Notes a scan of everything above {@link #value()} whose rows are all gone now.
   *
   * @param highest the highest number it found; zero if it found none
   * @param whole whether it found all there was, rather than stopping at {@code highest}
   * @param now {@link System#nanoTime} before the scan
   */
  void emptied(long highest, boolean whole, long now) {
    if (now - candidateSince >= settledAfterNanos && (whole || highest >= candidate)) {
      floor = candidate;
      candidate = highestSeen;
      candidateSince = now;
    }
    highestSeen = Math.max(highestSeen, highest);
  }
}
