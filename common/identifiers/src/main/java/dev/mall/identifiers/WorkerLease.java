package dev.mall.identifiers;

/** A worker number held by this process until its lease expires. Not thread-safe. */
final class WorkerLease {

  /** Whether the lease can make an id now. */
  enum State {
    READY,
    /** All ids of this millisecond are made, or the clock is a little behind them. */
    WAIT,
    /** The clock is further behind than it is worth waiting for. */
    CLOCK_BACK,
    /** The granted time, or the lease, is over. */
    OVER
  }

  final int worker;
  private long time;
  private int used; // sequences made at this time
  private long grantedUntil;
  private long leaseEnd; // nanos

  /**
   * @param from first time that may be used
   */
  WorkerLease(int worker, long from, long grantedUntil, long leaseEnd) {
    this.worker = worker;
    this.time = from;
    this.grantedUntil = grantedUntil;
    this.leaseEnd = leaseEnd;
  }

  State at(long now, long nanos, long tolerance) {
    if (now > grantedUntil || nanos - leaseEnd >= 0) {
      return State.OVER;
    }
    if (now < time) {
      return time - now <= tolerance ? State.WAIT : State.CLOCK_BACK;
    }
    return now == time && used == SnowflakeFormat.SEQUENCES ? State.WAIT : State.READY;
  }

  /**
   * Makes ids of the time {@code now}, at which the lease must be {@link State#READY}.
   *
   * @return how many, from {@code from} on: as many as fit, or as the millisecond has left
   */
  int make(long now, long[] ids, int from) {
    if (now > time) {
      time = now;
      used = 0;
    }
    int count = Math.min(ids.length - from, SnowflakeFormat.SEQUENCES - used);
    for (int i = 0; i < count; i++) {
      ids[from + i] = SnowflakeFormat.id(time, worker, used++);
    }
    return count;
  }

  void extended(long grantedUntil, long leaseEnd) {
    this.grantedUntil = Math.max(this.grantedUntil, grantedUntil);
    this.leaseEnd = leaseEnd;
  }

  /** The time of the latest id made under this lease. */
  long lastTime() {
    return time;
  }

  /** Time left until the lease expires. */
  long leftNanos(long nanos) {
    return leaseEnd - nanos;
  }
}
