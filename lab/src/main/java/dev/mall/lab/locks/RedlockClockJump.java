package dev.mall.lab.locks;

import dev.mall.embedded.RedisServer;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.locks.LateWrites.Acquisition;
import dev.mall.lab.locks.provider.RedisClients;
import dev.mall.lab.locks.provider.Redlock;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;

/** A majority of five Redis servers, of which one has a clock that jumps. */
public final class RedlockClockJump implements Experiment {

  private static final Duration LEASE = Duration.ofSeconds(10);

  @Override
  public String name() {
    return "locks/redlock-clock-jump";
  }

  @Override
  public String title() {
    return "One clock jumps, and Redlock has two holders";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Redlock acquires a lock on five independent Redis servers and holds it if at least three agree within a small part of the lease.
    Any two majorities share a server, and this server gives its key to one client only: so two holders are impossible, and two lost
    servers do no harm.

    The argument assumes that the shared server keeps the key for the length of the lease. Redis computes expiries with the wall clock
    of its machine, which an administrator may set, and which a time service corrects by a jump if it is wrong by much. When the clock
    of the one server that both majorities share jumps ahead, the key expires at once, and a second client gets its majority: the two
    servers that the first one did not reach, and the one that forgot it. Neither client is slow or paused, and neither can notice
    anything.

    The safety of a consensus protocol does not depend on clocks: a wrong clock costs it an election, not its promise. An algorithm
    whose safety depends on time gives less than its five servers suggest. Kleppmann described this schedule in 2016; Redisson has
    deprecated its Redlock since. Here too the protected store has to decide, by a token that does not come from the clocks.
    """;
  }

  @Override
  public String claim() {
    return LateWrites.CLAIM;
  }

  @Override
  public String naive() {
    return "The storage trusts a holder of a majority of five Redis servers.";
  }

  @Override
  public String remedy() {
    return "Each holder draws a token from a sequence of the storage, which refuses a token older than the last.";
  }

  @Override
  public String conclusion() {
    return """
    Redlock survives lost servers, not wrong clocks. If a lock saves work, one Redis is simpler and as good; if it protects data, use a
    fencing token or a lock service that rests on consensus.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 3: the database fences and decides",
            "docs/adr/0003-lock-a-batch-of-skus-in-one-script.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Redis: Distributed locks, the Redlock algorithm",
            "https://redis.io/docs/latest/develop/clients/patterns/distributed-locks/"),
        Link.to(
            "Kleppmann: How to do distributed locking (2016)",
            "https://martin.kleppmann.com/2016/02/08/how-to-do-distributed-locking.html"),
        Link.to("Sanfilippo: Is Redlock safe? (2016)", "http://antirez.com/news/101"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var early = trial.node("Redis 1, 2");
    var shared = trial.node("Redis 3");
    var late = trial.node("Redis 4, 5");
    var storage = trial.node("PostgreSQL");
    var row = new FencedRow(trial.database());
    var servers = Redlock.startServers(trial);
    var redlockOfA = Redlock.connect(trial, servers);
    var redlockOfB = Redlock.connect(trial, servers);

    servers.subList(3, 5).forEach(RedisServer::stop);
    late.crash("an update");
    var ofA =
        a.call(
            shared,
            "acquires the lock for 10 s",
            () -> acquire("A", redlockOfA, servers.subList(0, 3), token(half, row)));
    a.hold();
    servers.subList(3, 5).forEach(RedisServer::start);
    late.restart("updated");
    shared.step(
        "its clock jumps by 1 min",
        () -> {
          RedisClients.advance(servers.get(2), Duration.ofMinutes(1));
          return keys(servers.subList(2, 3)) + " keys";
        });
    early.step("keeps the lock", () -> keys(servers.subList(0, 2)) + " keys");
    var ofB =
        b.call(
            shared,
            "acquires the lock for 10 s",
            () -> acquire("B", redlockOfB, servers.subList(2, 5), token(half, row)));
    b.hold();
    b.call(storage, "writes under the lock", () -> row.write("B", ofB.token()));
    a.call(storage, "writes under the lock", () -> row.write("A", ofA.token()));
  }

  @Override
  public List<Violation> judge(History history) {
    return LateWrites.violations(history);
  }

  private interface Tokens {
    OptionalLong next() throws SQLException;
  }

  private static Tokens token(Half half, FencedRow row) {
    return half.isNaive() ? OptionalLong::empty : row::nextToken;
  }

  private static Acquisition acquire(
      String worker, Redlock.Client redlock, List<RedisServer> majority, Tokens tokens)
      throws SQLException, InterruptedException {
    if (!redlock.tryLock("lock", LEASE)) {
      throw new IllegalStateException("no majority for " + worker);
    }
    return new Acquisition(worker, "acquired on %d of 5".formatted(keys(majority)), tokens.next());
  }

  private static int keys(List<RedisServer> servers) {
    return servers.stream()
        .mapToInt(server -> Integer.parseInt(RedisClients.command(server, "DBSIZE")))
        .sum();
  }
}
