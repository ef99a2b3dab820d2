package dev.mall.lab.locks;

import dev.mall.embedded.RedisServer;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.locks.Exclusion.Attempt;
import dev.mall.lab.locks.Exclusion.End;
import dev.mall.lab.locks.provider.RedisClients;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RedissonClient;

/** Work that takes longer than the lease of its lock, by a holder that is alive. */
public final class WatchdogRenewal implements Experiment {

  private static final Duration LEASE = Duration.ofSeconds(6);
  private static final String KEY = "lock";

  @Override
  public String name() {
    return "locks/watchdog-renewal";
  }

  @Override
  public String title() {
    return "Work takes longer than the lease";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    The length of a lease is a guess. A short lease ends while its holder is still at work, a long one keeps all others waiting after a
    crash. No number is right for both, since the first asks for the slowest work and the second for the fastest recovery.

    A watchdog separates the two. The lease is short, and as long as the holder is alive, a thread of its process renews it, usually
    after a third of its time: Redisson does so for each lock that is acquired without a lease. The lock then lasts as long as the
    work. When the process crashes, the renewals end with it, and the lock is free after one lease.

    The watchdog proves that a process is alive, not that the work advances. A thread that waits for a reply that never comes keeps its
    lock for good, so the work needs a time limit of its own. And the watchdog is part of the process: a pause of the whole process
    pauses the renewals as well, the lease ends, and the holder returns without a notice of it. Renewal answers work that is slow; only
    a fencing token answers a process that is paused.
    """;
  }

  @Override
  public String claim() {
    return "No worker acquires the lock while another one that acquired it is alive and at work.";
  }

  @Override
  public String naive() {
    return "The lock has a lease of six seconds, which is a guess.";
  }

  @Override
  public String remedy() {
    return "Redisson's watchdog renews the lease of six seconds every two seconds while the process is alive.";
  }

  @Override
  public String conclusion() {
    return """
    Choose the lease for the recovery after a crash and let a watchdog renew it for the length of the work. Limit the work itself by a
    timeout, and keep the fencing token: a paused process renews nothing.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "The batch lock has no watchdog: its work is one transaction, and late tokens are refused",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Redisson: lock watchdog timeout",
            "https://redisson.pro/docs/configuration/#lockwatchdogtimeout"),
        Link.to("Gray and Cheriton: Leases (1989)", "https://doi.org/10.1145/74850.74870"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var c = trial.node("worker C");
    var redis = trial.node("Redis");
    var server = trial.redis();
    var clientOfA = RedisClients.connect(trial, server, LEASE);
    var clientOfB = RedisClients.connect(trial, server, LEASE);
    var clientOfC = RedisClients.connect(trial, server, LEASE);

    a.call(redis, "acquires the lock for 6 s", () -> acquire(half, "A", clientOfA));
    a.hold();
    redis.step("2 s pass", () -> advance(server, 2));
    a.call(redis, "works on", () -> renewal(half, trial, server));
    redis.step("4 s pass", () -> advance(server, 4));
    b.call(redis, "acquires the lock for 6 s", () -> acquire(half, "B", clientOfB));
    b.call(redis, "releases the lock if it holds it", () -> release("B", clientOfB));
    a.step(
        "is killed",
        () -> {
          clientOfA.shutdown();
          return new End("A", "no more renewals");
        });
    a.crash("without a release");
    redis.step("7 s pass", () -> advance(server, 7));
    c.call(redis, "acquires the lock for 6 s", () -> acquire(half, "C", clientOfC));
  }

  @Override
  public List<Violation> judge(History history) {
    return Exclusion.violations(history);
  }

  /** Redisson renews a lock that is acquired without a lease. */
  private static Attempt acquire(Half half, String worker, RedissonClient redisson)
      throws InterruptedException {
    var lock = redisson.getLock(KEY);
    return new Attempt(
        worker,
        half.isNaive() ? lock.tryLock(0, LEASE.toSeconds(), TimeUnit.SECONDS) : lock.tryLock());
  }

  private static Object release(String worker, RedissonClient redisson) {
    var lock = redisson.getLock(KEY);
    if (!lock.isHeldByCurrentThread()) {
      return "holds nothing";
    }
    lock.unlock();
    return new End(worker, "released");
  }

  /** A lease without a watchdog is not waited for: it would never be renewed. */
  private static String renewal(Half half, Trial trial, RedisServer server)
      throws InterruptedException {
    if (!half.isNaive()) {
      trial.await("the lease was renewed", () -> isRenewed(server));
    }
    return isRenewed(server) ? "the lease is renewed" : "no renewal";
  }

  /** More is left than the 4 s of a lease of which 2 s have passed. */
  private static boolean isRenewed(RedisServer server) {
    return Long.parseLong(RedisClients.command(server, "PTTL", KEY)) > 4_000;
  }

  private static String advance(RedisServer server, int seconds) {
    RedisClients.advance(server, Duration.ofSeconds(seconds));
    return "0".equals(RedisClients.command(server, "EXISTS", KEY))
        ? "no lease is left"
        : "the lease runs";
  }
}
