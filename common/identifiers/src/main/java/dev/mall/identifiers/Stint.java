package dev.mall.identifiers;

/** One holder's time with one worker number. Not safe for threads. */
final class Stint {

  /** What keeps a stint from making an id. */
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
  Stint(int worker, long from, long grantedUntil, long leaseEnd) {
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
    return now == time && used == Layout.SEQUENCES ? State.WAIT : State.READY;
  }

  /**
   * Makes ids of the time {@code now}, at which the stint must be ready.
   *
   * @return how many, from {@code from} on: as many as fit, or as the millisecond has left
   */
  int make(long now, long[] ids, int from) {
    if (now > time) {
      time = now;
      used = 0;
    }
    int count = Math.min(ids.length - from, Layout.SEQUENCES - used);
    for (int i = 0; i < count; i++) {
      ids[from + i] = Layout.id(time, worker, used++);
    }
    return count;
  }

  void extended(long grantedUntil, long leaseEnd) {
    this.grantedUntil = Math.max(this.grantedUntil, grantedUntil);
    this.leaseEnd = leaseEnd;
  }

  /** No id of this stint is later. */
  long lastTime() {
    return time;
  }

  /** What is left of the lease. */
  long leftNanos(long nanos) {
    return leaseEnd - nanos;
  }
}
