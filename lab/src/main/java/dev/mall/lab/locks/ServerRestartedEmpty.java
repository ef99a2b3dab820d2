package dev.mall.lab.locks;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.locks.LateWrites.Acquisition;
import dev.mall.lab.locks.provider.RedisClients;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RedissonClient;

/** A Redis that comes back without its locks, and without the counter of its fencing tokens. */
public final class ServerRestartedEmpty implements Experiment {

  private static final int LEASE_SECONDS = 10;

  @Override
  public String name() {
    return "locks/server-restarted-empty";
  }

  @Override
  public String title() {
    return "The lock service restarts empty and counts its tokens from one again";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A lock service that keeps its state in memory forgets it when its process ends. After a power cut the server is back in a second,
    all keys are gone, and the next process that asks for the lock gets it, while the previous holder is still at work and has seen
    nothing but a short interruption, if it used the connection at all. A Redis that writes snapshots, or its log once per second,
    loses less, but the latest acquisitions are in this second.

    The usual answer is a fencing token, and here lies the second trap. Redisson's fenced lock counts its tokens in the same Redis. The
    counter starts at one again, so a later holder has the same token as an earlier one, or a smaller one. The storage accepts the late
    write of the earlier holder, or it refuses all writes of later holders until the counter has caught up.

    A token is only as durable as its source. The source therefore belongs to the storage that compares tokens: a sequence in the same
    database. It cannot be lost without the data that it protects, and it costs one more round trip for each acquisition.
    """;
  }

  @Override
  public String claim() {
    return LateWrites.CLAIM;
  }

  @Override
  public String naive() {
    return "Redisson's fenced lock counts the tokens in Redis, beside the lock.";
  }

  @Override
  public String remedy() {
    return "The token comes from a sequence in the database that is protected.";
  }

  @Override
  public String conclusion() {
    return """
    Assume that the lock service returns empty. Draw fencing tokens from the store that checks them, and losing every lock at once
    costs nothing but duplicated work.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "The sequence of the batch lock's tokens",
            "common/locking/src/main/resources/db/locking/V0_50__lock_fence.sql"),
        Link.to(
            "ADR 3: the database fences and decides",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Redis: persistence and its guarantees",
            "https://redis.io/docs/latest/operate/oss_and_stack/management/persistence/"),
        Link.to(
            "Kleppmann: How to do distributed locking (2016)",
            "https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var redis = trial.node("Redis");
    var storage = trial.node("PostgreSQL");
    var server = trial.newRedis();
    var row = new FencedRow(trial.database());
    var clientOfA = RedisClients.connect(trial, server);
    var clientOfB = RedisClients.connect(trial, server);

    var ofA = a.call(redis, "acquires the lock", () -> acquire(half, "A", clientOfA, row));
    a.hold();
    server.kill();
    redis.crash("power cut");
    server.restartEmpty();
    redis.restart("empty");
    var ofB = b.call(redis, "acquires the lock", () -> acquire(half, "B", clientOfB, row));
    b.hold();
    b.call(storage, "writes under the lock", () -> row.write("B", ofB.token()));
    a.call(storage, "writes under the lock", () -> row.write("A", ofA.token()));
  }

  @Override
  public List<Violation> judge(History history) {
    return LateWrites.violations(history);
  }

  private static Acquisition acquire(
      Half half, String worker, RedissonClient redisson, FencedRow row)
      throws SQLException, InterruptedException {
    var counted =
        redisson.getFencedLock("lock").tryLockAndGetToken(0, LEASE_SECONDS, TimeUnit.SECONDS);
    if (counted == null) {
      throw new IllegalStateException("the lock is busy, not free for " + worker);
    }
    return new Acquisition(
        worker, "acquired", half.isNaive() ? OptionalLong.of(counted) : row.nextToken());
  }
}
