package dev.mall.identifiers;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.springframework.dao.DataAccessResourceFailureException;

/** The leases as the database keeps them, with a clock of their own. */
final class MemoryWorkerLeases implements WorkerLeases {

  private static final class Row {
    final int worker;
    String holder = "";
    long heldUntil = Long.MIN_VALUE;
    long granted = -1;

    Row(int worker) {
      this.worker = worker;
    }
  }

  final MovableIdClock clock = new MovableIdClock(0);
  boolean unavailable;
  private final List<Row> rows;

  MemoryWorkerLeases(int workers) {
    rows = IntStream.range(0, workers).mapToObj(Row::new).toList();
  }

  @Override
  public OptionalInt take(String holder, Duration lease, long now, long until) {
    reach();
    var free =
        rows.stream()
            .filter(row -> row.heldUntil < clock.millis() && row.granted < now)
            .min(Comparator.comparingLong(row -> row.granted));
    free.ifPresent(row -> {
      row.holder = holder;
      row.heldUntil = clock.millis() + lease.toMillis();
      row.granted = until;
    });
    return free.stream().mapToInt(row -> row.worker).findFirst();
  }

  @Override
  public boolean extend(int worker, String holder, Duration lease, long until) {
    reach();
    var row = rows.get(worker);
    if (!row.holder.equals(holder)) {
      return false;
    }
    row.heldUntil = clock.millis() + lease.toMillis();
    row.granted = Math.max(row.granted, until);
    return true;
  }

  @Override
  public void release(int worker, String holder, long used) {
    reach();
    var row = rows.get(worker);
    if (row.holder.equals(holder)) {
      row.holder = "";
      row.heldUntil = Long.MIN_VALUE;
      row.granted = used;
    }
  }

  long granted(int worker) {
    return rows.get(worker).granted;
  }

  private void reach() {
    if (unavailable) {
      throw new DataAccessResourceFailureException("the database is unavailable");
    }
  }
}
