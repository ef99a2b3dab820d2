package dev.mall.locking;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks that keep replicas from doing work on the same things at the same time.
 *
 * <p>They save contention; they prove nothing. A paused holder can outlive its lease, Redis may
 * come back empty, and work goes on unlocked when a lock cannot be had soon. So whatever must hold
 * has to hold without them: a writer must reject a token once a newer one was seen, and the
 * database must refuse what must never be.
 *
 * @see <a href="https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html">why
 *     fence</a>
 */
public final class Locks {

  private static final Logger log = LoggerFactory.getLogger(Locks.class);

  private static final String INSTANCE =
      ManagementFactory.getRuntimeMXBean().getName()
          + "/"
          + UUID.randomUUID().toString().substring(0, 8);

  private static final AtomicLong ACQUISITIONS = new AtomicLong();

  private static final long SHORTEST_PAUSE_NANOS = Duration.ofMillis(20).toNanos();
  private static final long LONGEST_PAUSE_NANOS = Duration.ofMillis(60).toNanos();

  private final RedisLeases leases;
  private final ReleaseSignal released;
  private final LongSupplier tokens;
  private final LockingProperties properties;
  private final LockMetrics metrics;
  private final LongSupplier nanoClock;

  /**
   * @param tokens a sequence in the protected database
   * @param nanoClock a monotonic clock of this machine
   */
  Locks(
      RedisLeases leases,
      ReleaseSignal released,
      LongSupplier tokens,
      LockingProperties properties,
      LockMetrics metrics,
      LongSupplier nanoClock) {
    this.leases = leases;
    this.released = released;
    this.tokens = tokens;
    this.properties = properties;
    this.metrics = metrics;
    this.nanoClock = nanoClock;
  }

  /**
   * Runs {@code work} while holding all the named locks, or none of them; in any case runs it,
   * once.
   *
   * <p>The work must not be inside a transaction but contain it: the locks are freed when it
   * returns. It gets a fencing token, greater than that of every holder of one of these locks
   * before; or none, if the locks stayed busy, Redis is down or slow, or so little of the lease is
   * left that another replica may soon hold them. All names are locked and freed in one round trip
   * each; with no names at all none is made.
   *
   * @throws RuntimeException what {@code work} threw, or the database when asked for a token, in
   *     which case the work has not run; the locks are free again
   */
  public void withLock(Set<String> names, Consumer<OptionalLong> work) {
    if (names.isEmpty()) {
      work.accept(OptionalLong.empty());
      return;
    }
    var lease = acquire(names);
    try {
      work.accept(lease.map(this::token).orElseGet(OptionalLong::empty));
    } finally {
      lease.ifPresent(this::release);
    }
  }

  /**
   * Who holds a lock now.
   *
   * @throws LockStoreUnavailableException if that cannot be found out
   */
  public Optional<LockHolder> holderOf(String name) {
    return leases.holder(name);
  }

  private Optional<Lease> acquire(Set<String> names) {
    long start = nanoClock.getAsLong();
    try {
      var lease = acquireBefore(start + properties.waitAtMost().toNanos(), names);
      long waited = nanoClock.getAsLong() - start;
      lease.ifPresentOrElse(_ -> metrics.acquired(waited), () -> metrics.busy(waited));
      return lease;
    } catch (LockStoreUnavailableException _) { // reported by the breaker's log and by health
      metrics.unavailable(nanoClock.getAsLong() - start);
      return Optional.empty();
    }
  }

  private Optional<Lease> acquireBefore(long deadline, Set<String> names) {
    var owner = INSTANCE + "#" + ACQUISITIONS.incrementAndGet();
    while (true) {
      long seen = released.releases();
      long askedAt = nanoClock.getAsLong();
      var busyFor = leases.acquire(names, owner, properties.lease());
      if (busyFor.isEmpty()) {
        return Optional.of(new Lease(names, owner, askedAt));
      }
      long left = deadline - nanoClock.getAsLong();
      if (left <= 0 || !pause(seen, Math.min(left, busyFor.get().toNanos()))) {
        return Optional.empty();
      }
    }
  }

  /** Waits for a release, briefly, as one may be missed; false to give up. */
  private boolean pause(long seen, long atMostNanos) {
    long unheard = ThreadLocalRandom.current().nextLong(SHORTEST_PAUSE_NANOS, LONGEST_PAUSE_NANOS);
    try {
      released.awaitAnotherThan(seen, Math.min(unheard, atMostNanos));
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** A token is in the order of the locks only if drawn while no other holder was possible. */
  private OptionalLong token(Lease lease) {
    long token = tokens.getAsLong();
    var trusted = properties.lease().minus(properties.margin());
    if (nanoClock.getAsLong() - lease.askedAt() < trusted.toNanos()) {
      return OptionalLong.of(token);
    }
    metrics.late();
    return OptionalLong.empty();
  }

  private void release(Lease lease) {
    try {
      leases.release(lease.names(), lease.owner());
    } catch (LockStoreUnavailableException unavailable) {
      log.debug("locks of {} are left to expire", lease.owner(), unavailable);
    }
  }

  /**
   * @param askedAt before Redis was asked, so before the lease began
   */
  private record Lease(Set<String> names, String owner, long askedAt) {}
}
