package dev.mall.lab.ids;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.ids.Snowflake.ClockBack;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.ManualClock;
import dev.mall.lab.trial.Trial;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/** A second replica is started from the same configuration, with the same worker number. */
public final class TwoWorkersOneNumber implements Experiment {

  /** An id that a replica gave to an order; its time varies from run to run. */
  private record Made(long id) {
    @Override
    public String toString() {
      return "id of worker %d".formatted(id >>> 12 & 1023);
    }
  }

  @Override
  public String name() {
    return "ids/two-workers-one-number";
  }

  @Override
  public String title() {
    return "Two workers make ids under one worker number";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    The worker number is the part of a Snowflake id that keeps workers apart. It is small, 1024 numbers, so it cannot be drawn at random:
    among 38 workers two share a number with a probability of one half. The usual answer is a setting, and it works until a deployment
    is scaled up, when every replica gets the same settings. Numbers derived from the host are no better: the last ten bits of an address
    repeat across subnets, and process ids repeat in containers.

    Two workers with one number do not fail at once. They make the same id only if both make one in the same millisecond, so tests stay
    green, and the first duplicate comes with the first busy day. A primary key finds it if both workers write to one table; otherwise a
    customer does.

    So the number is a lease, like a lock: it is taken from a store that all replicas ask, it is renewed, and it ends. A holder that was
    paused beyond its lease has to notice before it makes the next id, because another replica may have the number by then. In the suite it
    compares each id's time with the time up to which the database granted the number, so that not even a wrong clock makes two equal ids.
    """;
  }

  @Override
  public String claim() {
    return "No two orders get the same id.";
  }

  @Override
  public String naive() {
    return "The worker number is a setting, the same in both replicas.";
  }

  @Override
  public String remedy() {
    return "Each replica leases a worker number from the database at its start: the suite's own generator.";
  }

  @Override
  public String conclusion() {
    return """
    A worker number is a resource that needs an owner. Lease it from the database that the service has anyway, let a number rest after
    a crash until its grant is over, and stop making ids when the lease cannot be renewed. Where no store is at hand, 74 random bits are cheaper than
    a worker number: UUIDv7.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "DatabaseWorkerLeases",
            "common/identifiers/src/main/java/dev/mall/identifiers/DatabaseWorkerLeases.java"),
        Link.to("ADR 6: ids under a leased worker", "docs/adr/0006-ids-under-a-leased-worker.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Twitter: Snowflake (2010)",
            "https://github.com/twitter-archive/snowflake/tree/snowflake-2010"),
        Link.to(
            "RFC 9562, section 6.4: distributed UUID generation",
            "https://www.rfc-editor.org/rfc/rfc9562#section-6.4"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var first = trial.node("replica 1");
    var second = trial.node("replica 2");
    var numbers = trial.node("worker numbers");
    var clock = new ManualClock();
    var database = trial.database().connections();
    SuiteIds.migrate(database);

    Callable<Replica> start =
        () -> half.isNaive() ? Replica.configured(clock) : Replica.leasing(trial, database);
    var one = first.call(numbers, "starts under a worker number", start);
    var two = second.call(numbers, "starts, since the deployment is scaled up", start);
    first.step("gives an order its id", one::next);
    second.step("gives another order its id, in the same millisecond", two::next);
  }

  @Override
  public List<Violation> judge(History history) {
    var made = history.facts(Made.class);
    return made.stream()
        .flatMap(later ->
            made.stream()
                .filter(earlier -> earlier.event().number() < later.event().number())
                .filter(earlier -> earlier.value().equals(later.value()))
                .map(earlier -> Violation.of("Two orders got the same id", earlier, later)))
        .toList();
  }

  private record Replica(int worker, LongSupplier ids) {

    /** Its clock stands still, so that both replicas make ids in one millisecond. */
    static Replica configured(ManualClock clock) {
      var ids = new Snowflake(clock::millis, 1, ClockBack.WAIT);
      return new Replica(1, () -> ids.next().orElseThrow());
    }

    static Replica leasing(Trial trial, DataSource database) {
      var ids = trial.opened(new SuiteIds(database)).generator();
      return new Replica(ids.parse(ids.next()).worker(), ids::next);
    }

    Made next() {
      return new Made(ids.getAsLong());
    }

    @Override
    public String toString() {
      return "worker number " + worker;
    }
  }
}
