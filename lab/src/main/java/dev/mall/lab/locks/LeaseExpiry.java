package dev.mall.lab.locks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Trial;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A holder that is paused beyond its lease, and comes back to write. */
public final class LeaseExpiry implements Experiment {

  private static final Duration LEASE = Duration.ofSeconds(10);

  /** The outcome of a write, as the storage decided it. */
  private record Write(String worker, long token, boolean accepted) {
    @Override
    public String toString() {
      return accepted ? "accepted" : "refused: token %d is older than the last".formatted(token);
    }
  }

  @Override
  public String name() {
    return "locks/lease-expiry";
  }

  @Override
  public String title() {
    return "A lease expires while its holder is paused";
  }

  @Override
  public Effort effort() {
    return Effort.PURE;
  }

  @Override
  public String concept() {
    return """
    A lock that a crashed holder keeps blocks all others, so distributed locks are leases: they end by themselves after a time. The
    lock service cannot ask whether the holder is still at work, and the holder cannot know that its lease has ended: between its last look
    at the clock and its next write it may be paused by a garbage collection, by the scheduler of a busy host, by a virtual machine that is
    moved, or by a request that waits in a network buffer. The pause has no upper bound, and code that checks the lease before it writes
    only moves the pause between the check and the write.

    So for a moment two processes believe that they hold the lock. The lock service can do nothing about it. The store that is
    protected can: each acquisition of the lock draws a number that only grows, a fencing token, and each write carries the token of its
    writer. The store remembers the greatest token that it has seen and refuses smaller ones. The late holder is then refused, as it would
    be by any optimistic check of a version, and the lock has become what it can be: a way to avoid wasted work.
    """;
  }

  @Override
  public String claim() {
    return "Once a later holder of the lock has written, no write of an earlier holder is accepted.";
  }

  @Override
  public String naive() {
    return "The storage trusts each writer to hold the lock.";
  }

  @Override
  public String remedy() {
    return "Each write carries the fencing token of its lock, and the storage refuses a token older than the last.";
  }

  @Override
  public String conclusion() {
    return """
    A lease bounds how long a crash blocks others; it cannot exclude a holder that is late. Give the protected store a fencing token, or a
    version to compare, wherever a second writer would do harm, and use the lock to save work.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Locks gives work a fencing token",
            "common/locking/src/main/java/dev/mall/locking/Locks.java"),
        Link.to(
            "ADR 3: the database fences and decides",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Kleppmann: How to do distributed locking (2016)",
            "https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html"),
        Link.to("Gray and Cheriton: Leases (1989)", "https://doi.org/10.1145/74850.74870"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var lockService = trial.node("lock service");
    var storage = trial.node("storage");
    var clock = new ManualClock();
    var lock = new LeasedLock(clock);
    var file = new Storage(half);

    long tokenOfA = a.call(lockService, "acquires the lock for 10 s", () -> lock.acquire("A"));
    a.hold();
    a.pause("garbage collection");
    clock.advance(LEASE.plusSeconds(1));
    lockService.event("11 s later the lease has expired");
    long tokenOfB = b.call(lockService, "acquires the lock for 10 s", () -> lock.acquire("B"));
    b.hold();
    b.call(storage, "writes under the lock", () -> file.write("B", tokenOfB));
    a.resume();
    a.call(storage, "writes under the lock", () -> file.write("A", tokenOfA));
  }

  @Override
  public List<Violation> judge(History history) {
    var accepted =
        history.facts(Write.class).stream().filter(write -> write.value().accepted()).toList();
    return accepted.stream()
        .flatMap(late ->
            accepted.stream()
                .filter(before -> before.event().number() < late.event().number())
                .filter(before -> before.value().token() > late.value().token())
                .map(before ->
                    Violation.of(
                        "The write of %s, an earlier holder, replaced that of %s, a later one"
                            .formatted(late.value().worker(), before.value().worker()),
                        before,
                        late)))
        .toList();
  }

  private static final class LeasedLock {

    private final Clock clock;
    private Instant freeAt = Instant.MIN;
    private long token;

    LeasedLock(Clock clock) {
      this.clock = clock;
    }

    long acquire(String worker) {
      if (clock.instant().isBefore(freeAt)) {
        throw new IllegalStateException("the lock is busy, not free for " + worker);
      }
      freeAt = clock.instant().plus(LEASE);
      return ++token;
    }
  }

  private static final class Storage {

    private final Half half;
    private long greatest;

    Storage(Half half) {
      this.half = half;
    }

    Write write(String worker, long token) {
      boolean accepted = half.isNaive() || token >= greatest;
      greatest = Math.max(greatest, token);
      return new Write(worker, token, accepted);
    }
  }
}
