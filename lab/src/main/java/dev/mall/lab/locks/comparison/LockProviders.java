package dev.mall.lab.locks.comparison;

import dev.mall.lab.locks.etcd.EtcdLocks;
import dev.mall.lab.locks.provider.AdvisoryLocks;
import dev.mall.lab.locks.provider.BatchLocks;
import dev.mall.lab.locks.provider.Guarantee;
import dev.mall.lab.locks.provider.LockProvider;
import dev.mall.lab.locks.provider.RedissonLocks;
import dev.mall.lab.locks.provider.Redlock;
import dev.mall.lab.locks.provider.SetNxLocks;
import dev.mall.lab.locks.provider.ShedLocks;
import dev.mall.lab.locks.provider.ZooKeeperLocks;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Guarantees, costs and weak points of eight ways to lock. */
public final class LockProviders implements Comparison {

  static final List<LockProvider> ALL =
      List.of(
          new SetNxLocks(),
          new RedissonLocks(),
          new BatchLocks(),
          new Redlock(),
          new ZooKeeperLocks(),
          new AdvisoryLocks(),
          new ShedLocks(),
          new EtcdLocks());

  private static final String NOT_RUN = "not installed";

  @Override
  public String name() {
    return "locks/providers";
  }

  @Override
  public String title() {
    return "Eight ways to lock: guarantees, costs, weak points";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Libraries offer the same method under the same name, and guarantee different things. The first table has ten properties that a lock
    may have. Each cell is the outcome of a check on running servers: processes with connections of their own acquire, wait, crash,
    come late, and ask for the holder, while time is moved and servers are killed. A cell with "no" is as much the result of a check as
    one with "yes", and the conformance suite compares both with the claims of the provider.

    None of the rows says "excludes a paused holder". No service can promise it for a lock that ends by itself; only the store that is
    protected can, with the token of the row on fencing. The advisory lock of PostgreSQL has no lease and ends with its connection,
    which is the nearest to a lock in one process, as long as the work is in the same database.

    The second table has the costs on one machine without a network: the median of acquiring and releasing a free lock, and the number
    of acquisitions per second when four processes want the same lock and do nothing under it. ZooKeeper and PostgreSQL write to the
    disk or keep a session; a network adds the same round trip to each, and to Redlock one for each server, one after the other.
    """;
  }

  @Override
  public String conclusion() {
    return """
    Choose by the damage that a second holder does. If it wastes work, take the lock of the server that you run anyway: Redisson with
    Redis, an advisory lock or ShedLock with PostgreSQL. If it corrupts data, let the store decide by a condition or a fencing token,
    and the lock is again only there to save work. ZooKeeper is worth its operation where locks are few and held for long.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to("The batch lock", "common/locking/src/main/java/dev/mall/locking/Locks.java"),
        Link.to(
            "The conformance suite",
            "lab/src/test/java/dev/mall/lab/locks/comparison/LockProvidersIT.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Redisson: Locks and synchronizers",
            "https://redisson.pro/docs/data-and-services/locks-and-synchronizers/"),
        Link.to(
            "Apache Curator: Shared reentrant lock",
            "https://curator.apache.org/docs/recipes-shared-reentrant-lock"),
        Link.to("ShedLock", "https://github.com/lukas-krecan/ShedLock"),
        Link.to(
            "PostgreSQL: Advisory locks",
            "https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS"));
  }

  @Override
  public Result compare(Trial trial) throws Exception {
    Map<LockProvider, LockCosts> costs = new LinkedHashMap<>();
    var holding =
        holding(
            trial,
            checks ->
                costs.put(
                    checks.provider(),
                    LockCosts.measured(trial, checks.provider(), checks.service())));
    return Result.of(guarantees(holding), costs(costs));
  }

  /** A use of servers between the checks that leave them up and those that stop them. */
  interface Interlude {
    void use(LockChecks checks) throws Exception;
  }

  /** The guarantees that hold for each provider, whatever it claims. */
  static Map<LockProvider, Set<Guarantee>> holding(Trial trial, Interlude interlude)
      throws Exception {
    var all = new ArrayList<LockChecks>();
    for (var provider : ALL) {
      if (provider.isInstalled()) {
        all.add(new LockChecks(trial, provider));
      }
    }
    for (var checks : all) {
      checks.beginRenewal();
    }
    var renewing = new HashSet<LockProvider>();
    for (var checks : all) {
      if (checks.renewal()) {
        renewing.add(checks.provider());
      }
    }
    Map<LockProvider, Set<Guarantee>> holding = new LinkedHashMap<>();
    for (var checks : all) {
      var held = checks.withServersUp();
      interlude.use(checks);
      held.addAll(checks.withServersDown());
      if (renewing.contains(checks.provider())) {
        held.add(Guarantee.RENEWAL);
      }
      holding.put(checks.provider(), held);
    }
    return holding;
  }

  private static Table guarantees(Map<LockProvider, Set<Guarantee>> holding) {
    return new Table(
        "Guarantees that hold (etcd runs only where it is installed)",
        Stream.concat(
                Stream.of(Column.of("guarantee")),
                ALL.stream()
                    .map(provider -> new Column(provider.name(), !provider.comesWithTheBuild())))
            .toList(),
        Arrays.stream(Guarantee.values())
            .map(guarantee ->
                Stream.concat(
                        Stream.of(guarantee.sentence()),
                        ALL.stream().map(provider -> cell(guarantee, holding.get(provider))))
                    .toList())
            .toList());
  }

  private static String cell(Guarantee guarantee, @Nullable Set<Guarantee> holding) {
    if (holding == null) {
      return NOT_RUN;
    }
    return holding.contains(guarantee) ? "yes" : "no";
  }

  private static Table costs(Map<LockProvider, LockCosts> costs) {
    return new Table(
        "Costs and weak points",
        List.of(
            Column.of("provider"),
            Column.of("form"),
            Column.measured("lock and unlock, median"),
            Column.measured("%d contenders together".formatted(LockCosts.CONTENDERS)),
            Column.of("broken by"),
            Column.of("good for")),
        ALL.stream()
            .map(provider -> {
              var measured = costs.getOrDefault(provider, new LockCosts(NOT_RUN, NOT_RUN));
              return List.of(
                  provider.name(),
                  provider.description(),
                  measured.alone(),
                  measured.contended(),
                  provider.brokenBy(),
                  provider.goodFor());
            })
            .toList());
  }
}
