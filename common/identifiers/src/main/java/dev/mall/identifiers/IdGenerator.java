package dev.mall.identifiers;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Makes ids. They are positive, unique over all processes that share a database, and grow with time
 * as long as this process' clock does.
 *
 * <p>Ids are made in memory while a leased worker number is good; a {@link WorkerLeaseRenewer}
 * renews the lease early. The database is asked here only for the first id, after a pause that
 * outlasted the lease, and after the clock jumped. Callers wait for each other; ask for many at
 * once.
 */
public final class IdGenerator {

  private static final Logger log = LoggerFactory.getLogger(IdGenerator.class);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final WorkerLeases leases;
  private final IdsProperties properties;
  private final IdClock time;
  private final String holder;
  private final long toleranceMillis;
  private final ReentrantLock lock = new ReentrantLock();
  private @Nullable WorkerLease current; // guarded by lock

  /**
   * @param holder names this process; never the same again, also after a restart
   */
  IdGenerator(WorkerLeases leases, IdsProperties properties, IdClock time, String holder) {
    this.leases = leases;
    this.properties = properties;
    this.time = time;
    this.holder = holder;
    this.toleranceMillis = properties.clockTolerance().toMillis();
  }

  /**
   * @throws IdsUnavailable see {@link #next(int)}
   */
  public long next() {
    return next(1)[0];
  }

  /**
   * Makes ids, in growing order unless the clock jumps back among them.
   *
   * @param count above zero
   * @throws IdsUnavailable if no worker number is to be had, the database that leases them is
   *     unavailable, or the clock does not advance
   */
  public long[] next(int count) {
    acquire();
    try {
      var ids = new long[count];
      long start = time.nanos();
      for (int made = 0; made < count; ) {
        // judged by an attempt that began late: the thread may have waited for a processor
        boolean late = time.nanos() - start > PATIENCE.toNanos();
        made += make(ids, made);
        if (made < count && late) {
          throw new IdsUnavailable("the clock stands still");
        }
      }
      return ids;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the time, worker and sequence of {@code id}. */
  public IdParts parse(long id) {
    return new IdParts(
        properties.epoch().plusMillis(SnowflakeFormat.time(id)),
        SnowflakeFormat.worker(id),
        SnowflakeFormat.sequence(id));
  }

  /** The worker number held just now, if its lease is good. */
  OptionalInt worker() {
    var held = snapshot();
    return held.isPresent() && held.get().leftNanos(time.nanos()) > 0
        ? OptionalInt.of(held.get().worker)
        : OptionalInt.empty();
  }

  /** Renews the lease, or takes the first one; ids can be made meanwhile. */
  void renew() {
    var held = snapshot();
    if (held.isEmpty()) {
      next(1); // the id is discarded; the lease is for later callers
      return;
    }
    var renewed = held.get();
    long asked = time.nanos();
    long until = grantFrom(now());
    if (leases.extend(renewed.worker, holder, properties.lease(), until)) {
      locked(() -> renewed.extended(until, leaseEnd(asked)));
    } else {
      locked(() -> forget(renewed));
    }
  }

  /** Gives the worker number back; ids can still be made, with another. */
  void release() {
    locked(() -> {
      if (current != null) {
        leases.release(current.worker, holder, current.lastTime());
        current = null;
      }
    });
  }

  private int make(long[] ids, int from) {
    long now = now();
    var held = current;
    if (held == null) {
      current = take(now);
      return 0;
    }
    return switch (held.at(now, time.nanos(), toleranceMillis)) {
      case READY -> held.make(now, ids, from);
      case WAIT -> {
        time.pause();
        yield 0;
      }
      case OVER -> {
        extend(held, now);
        yield 0;
      }
      case CLOCK_BACK -> {
        log.warn("clock set back, releasing worker number {}", held.worker);
        current = take(now);
        giveBack(held);
        yield 0;
      }
    };
  }

  private WorkerLease take(long now) {
    long asked = time.nanos();
    long until = grantFrom(now);
    int worker =
        asking(() -> leases.take(holder, properties.lease(), now, until))
            .orElseThrow(
                () -> new IdsUnavailable("every worker number is held, or ahead of this clock"));
    log.info("generating ids as worker {}", worker);
    return new WorkerLease(worker, now, until, leaseEnd(asked));
  }

  private void extend(WorkerLease held, long now) {
    long asked = time.nanos();
    long until = grantFrom(now);
    if (asking(() -> leases.extend(held.worker, holder, properties.lease(), until))) {
      held.extended(until, leaseEnd(asked));
    } else {
      forget(held);
    }
  }

  private void forget(WorkerLease lost) {
    if (current == lost) {
      log.warn("worker lease expired: another holder has number {}", lost.worker);
      current = null;
    }
  }

  private void giveBack(WorkerLease left) {
    try {
      leases.release(left.worker, holder, left.lastTime());
    } catch (DataAccessException | TransactionException failure) {
      log.info(
          "lease of worker {} not released, it will expire: {}", left.worker, failure.toString());
    }
  }

  /** Milliseconds since the epoch. */
  private long now() {
    long now = time.millis() - properties.epoch().toEpochMilli();
    if (now < 0 || now > SnowflakeFormat.LAST_TIME) {
      throw new IdsUnavailable("the clock is outside of the 69 years after mall.ids.epoch");
    }
    return now;
  }

  private long grantFrom(long now) {
    return Math.min(SnowflakeFormat.LAST_TIME, now + properties.lease().toMillis());
  }

  /** Reckoned from before the database was asked, and with a tenth to spare for slow clocks. */
  private long leaseEnd(long asked) {
    return asked + properties.lease().toNanos() / 10 * 9;
  }

  private <T> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (DataAccessException | TransactionException failure) {
      throw new IdsUnavailable("the database that leases worker numbers is unavailable", failure);
    }
  }

  private Optional<WorkerLease> snapshot() {
    lock.lock();
    try {
      return Optional.ofNullable(current);
    } finally {
      lock.unlock();
    }
  }

  private void locked(Runnable work) {
    lock.lock();
    try {
      work.run();
    } finally {
      lock.unlock();
    }
  }

  private void acquire() {
    try {
      if (!lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IdsUnavailable("others have been waiting for ids too long");
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IdsUnavailable("interrupted", interrupted);
    }
  }
}
