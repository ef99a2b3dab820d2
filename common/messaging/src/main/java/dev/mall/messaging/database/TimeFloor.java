package dev.mall.messaging.database;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/**
 * Where a scan of open work, in the order of its due times, may begin, so that it need not walk
 * over the index entries of settled rows: vacuum removes them late, and not at all while a long
 * snapshot is open.
 *
 * <p>A row is written with a due time that is not before its transaction's, on the database's
 * clock. So after a scan that saw every open row, what can still appear lies above the earliest of
 * them or, if that is later, above the scan's time less the longest transaction. A clock that is
 * set back is met by {@link #slack}: each scan begins no later than that long before the present. A
 * scan every five minutes begins at the first row.
 */
public final class TimeFloor {

  private static final Duration WHOLE_SCAN_EVERY = Duration.ofMinutes(5);

  private final Duration slack;
  private Instant floor = Instant.EPOCH;
  private long wholeScanAt = System.nanoTime();

  /**
   * @param longestTransaction no transaction is open for longer than this; the database's limit
   */
  public TimeFloor(Duration longestTransaction) {
    // twice: the server's limit ends a transaction a moment after it has passed
    this.slack = longestTransaction.multipliedBy(2);
  }

  /** No open row is due before this. The scan must begin at the earlier of this and the slack. */
  public synchronized OffsetDateTime value() {
    if (System.nanoTime() - wholeScanAt >= WHOLE_SCAN_EVERY.toNanos()) {
      wholeScanAt = System.nanoTime();
      floor = Instant.EPOCH;
    }
    return floor.atOffset(ZoneOffset.UTC);
  }

  /** How long before the database's present a scan must begin at the latest, in milliseconds. */
  public long slackMillis() {
    return slack.toMillis();
  }

  /**
   * Notes a scan that began at {@link #value()} or before.
   *
   * @param now the database's clock, read with or before the scan
   * @param earliest due time of an open row that the scan saw, locked ones included; empty if none
   *     is due yet
   */
  public synchronized void scanned(Instant now, Optional<Instant> earliest) {
    var settled = now.minus(slack);
    floor = earliest.filter(due -> due.isBefore(settled)).orElse(settled);
  }
}
