package dev.mall.messaging.outbox;

import dev.mall.messaging.outbox.Outbox.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;

/**
 * Rows that transactions of this replica have committed, for its relay to publish from memory. Open
 * while the relay leads and knows of no unsent row. The outbox still has every row: whichever is
 * refused or dropped here is found by a scan.
 */
public final class CommittedRows {

  /** Rows of an append beyond which a scan costs each of them little. */
  private static final int LONGEST_APPEND = 32;

  /** Bytes of an append's bodies beyond which the limits of a scan are needed. */
  private static final int LARGEST_APPEND = 64 * 1024;

  /** Earlier rows of the outbox beyond which there is a backlog, for a scan. */
  static final int MOST_EARLIER = 128;

  /** Appends that wait at most. */
  private static final int MOST_WAITING = 256;

  private static final long CLOSED = -1;

  private final List<Appended> waiting = new ArrayList<>();
  private Runnable wakeUp = () -> {};
  private volatile long floor = CLOSED;

  /**
   * The rows of one append, which has committed.
   *
   * @param rows by their numbers
   * @param earlier numbers of all rows that the append found in the outbox, committed by this or
   *     another replica, or appended by the same transaction
   */
  public record Appended(SortedMap<Long, Row> rows, Set<Long> earlier) {}

  /** Has {@code wakeUp} run for all rows that are taken; it returns at once. */
  public void onCommit(Runnable wakeUp) {
    this.wakeUp = wakeUp;
  }

  /**
   * Number above which an append of these rows looks for earlier ones; empty if they are left to a
   * scan.
   */
  OptionalLong floorFor(List<Row> rows) {
    long from = floor;
    return from == CLOSED || rows.size() > LONGEST_APPEND || bytes(rows) > LARGEST_APPEND
        ? OptionalLong.empty()
        : OptionalLong.of(from);
  }

  private static long bytes(List<Row> rows) {
    return rows.stream().mapToLong(row -> row.payload().length).sum();
  }

  /** Whether the relay takes rows at present. */
  public boolean isOpen() {
    return floor != CLOSED;
  }

  /** Returns false if the relay takes no rows at present: they need a scan. */
  boolean add(Appended committed) {
    synchronized (waiting) {
      if (floor == CLOSED || waiting.size() >= MOST_WAITING) {
        return false;
      }
      waiting.add(committed);
    }
    wakeUp.run();
    return true;
  }

  /**
   * Takes rows from now on.
   *
   * @param floor every row left in the outbox has a number above this
   */
  public void open(long floor) {
    this.floor = floor;
  }

  /** Refuses rows from now on, and drops those that wait. */
  public void close() {
    synchronized (waiting) {
      floor = CLOSED;
      waiting.clear();
    }
  }

  /** Removes and returns what waits, in the order of the commits as far as they were in turn. */
  public List<Appended> take() {
    synchronized (waiting) {
      var taken = List.copyOf(waiting);
      waiting.clear();
      return taken;
    }
  }
}
