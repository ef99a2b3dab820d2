package dev.mall.lab.locks;

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
import org.redisson.client.codec.StringCodec;

/** A late holder that releases the lock of the next one. */
public final class ReleaseByAnother implements Experiment {

  private static final Duration LEASE = Duration.ofSeconds(10);
  private static final String KEY = "lock";

  @Override
  public String name() {
    return "locks/release-by-another";
  }

  @Override
  public String title() {
    return "A late holder releases the lock of the next one";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    The shortest lock in Redis is one command: `SET lock locked NX PX 10000` writes the key if it is absent and lets it expire after
    ten seconds; `DEL lock` releases it. The value is the same for every process, so the key says that the lock is held but not by
    which process.

    This matters as soon as a holder is late. Its lease ends, the next process acquires the lock, and then the first one finishes and
    deletes the key, as it would at the end of any critical section. The key that it deletes is the lock of the second process. From
    then on a third process can acquire the lock although the second is at work, and when the second finishes, it deletes the lock of
    the third: one slow holder starts a chain in which no process is protected any more.

    The lock therefore has to know its owner. Each acquisition writes a value that no other acquisition has, and the release deletes
    the key only if it still has this value. Comparison and deletion have to be one step for the server, which is a Lua script in
    Redis: between a `GET` and a `DEL` of the client the lease may end as well. Redisson does so for its locks and reports the attempt
    to release a lock of another as an error.
    """;
  }

  @Override
  public String claim() {
    return "No worker acquires the lock while another one holds it within its lease.";
  }

  @Override
  public String naive() {
    return "`SET NX PX` with one value for all acquires, `DEL` releases.";
  }

  @Override
  public String remedy() {
    return "Redisson's lock has its owner as a value, and a script deletes it only for this owner.";
  }

  @Override
  public String conclusion() {
    return """
    Release compares the owner and deletes in one step. Treat a refused release as the signal that it is: the lease was too short for
    the work, and the work ran without the lock.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "The batch lock compares and deletes in a script",
            "common/locking/src/main/java/dev/mall/locking/RedisLeases.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Redis: Distributed locks, the case of a single instance",
            "https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/"),
        Link.to(
            "Redisson: Locks and synchronizers",
            "https://redisson.pro/docs/data-and-services/locks-and-synchronizers/"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var c = trial.node("worker C");
    var redis = trial.node("Redis");
    var server = trial.redis();
    var lockOfA = lock(half, "A", RedisClients.connect(trial, server));
    var lockOfB = lock(half, "B", RedisClients.connect(trial, server));
    var lockOfC = lock(half, "C", RedisClients.connect(trial, server));

    a.call(redis, "acquires the lock for 10 s", lockOfA::acquire);
    a.hold();
    a.pause("a slow disk");
    redis.step(
        "11 s pass",
        () -> {
          RedisClients.advance(server, LEASE.plusSeconds(1));
          return new End("A", "the lease has ended");
        });
    b.call(redis, "acquires the lock for 10 s", lockOfB::acquire);
    b.hold();
    a.resume();
    a.call(redis, "finishes and releases the lock", lockOfA::release);
    a.free();
    c.call(redis, "acquires the lock for 10 s", lockOfC::acquire);
  }

  @Override
  public List<Violation> judge(History history) {
    return Exclusion.violations(history);
  }

  private static Lock lock(Half half, String worker, RedissonClient redisson) {
    return half.isNaive() ? new OneValue(worker, redisson) : new Owned(worker, redisson);
  }

  private interface Lock {
    Attempt acquire() throws Exception;

    Object release();
  }

  /** The key is there or not; its value says nothing. */
  private record OneValue(String worker, RedissonClient redisson) implements Lock {

    @Override
    public Attempt acquire() {
      return new Attempt(
          worker, redisson.getBucket(KEY, StringCodec.INSTANCE).setIfAbsent("locked", LEASE));
    }

    @Override
    public Object release() {
      return redisson.getBucket(KEY).delete()
          ? new End(worker, "deleted the key")
          : "the key is not there";
    }
  }

  private record Owned(String worker, RedissonClient redisson) implements Lock {

    @Override
    public Attempt acquire() throws InterruptedException {
      return new Attempt(
          worker, redisson.getLock(KEY).tryLock(0, LEASE.toSeconds(), TimeUnit.SECONDS));
    }

    @Override
    public Object release() {
      try {
        redisson.getLock(KEY).unlock();
        return new End(worker, "released");
      } catch (IllegalMonitorStateException _) {
        return "refused: the lock is not its own";
      }
    }
  }
}
