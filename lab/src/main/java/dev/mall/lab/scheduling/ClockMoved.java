package dev.mall.lab.scheduling;

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
import java.time.ZoneOffset;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A lease that is judged by the clock of the worker that wants it. */
public final class ClockMoved implements Experiment {

  private static final Duration JUMP = Duration.ofMinutes(2);

  /** An attempt to take the task. */
  private record Attempt(String worker, boolean taken) {
    @Override
    public String toString() {
      return taken ? "taken" : "refused: it is leased";
    }
  }

  /** A worker has ended its work and given the lease back. */
  private record Finished(String worker) {
    @Override
    public String toString() {
      return "done";
    }
  }

  @Override
  public String name() {
    return "scheduling/clock-moved";
  }

  @Override
  public String title() {
    return "A lease is judged by a clock that jumped";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A lease ends at a time, so it matters whose time. The usual code takes `now` in the application: the holder writes `now + 1 minute`, and
    each other worker compares it with a `now` of its own. The lease then lasts a minute plus the difference of two clocks. Clocks of servers
    agree to milliseconds, until one does not: a virtual machine that was suspended, a host without a time server, an administrator, a test
    that moves the date. A worker whose clock is two minutes ahead sees every lease as ended, and takes the tasks of all workers that are
    alive and well. One whose clock is behind writes leases that have ended before they begin.

    The remedy costs a function call: `clock_timestamp()` in the statement that compares, and in the one that writes. All leases are then in
    one time, that of the database that keeps them, and it does not matter whether that time is right. A jump of this clock still ends
    leases early, for all workers at once, so a task whose second run would do harm also needs a version that its effects
    are checked against: [fencing](../locks/lease-expiry.md).

    Libraries differ. db-scheduler and ShedLock with its plain providers compare with the application's clock, and answer with
    leases that are long compared with any plausible difference; ShedLock has `usingDbTime()`.
    """;
  }

  @Override
  public String claim() {
    return "While a worker has a lease of one minute and is at work, no other worker gets the task.";
  }

  @Override
  public String naive() {
    return "Workers write and compare leases by their own clocks.";
  }

  @Override
  public String remedy() {
    return "The statement that takes the task uses the clock of the database.";
  }

  @Override
  public String conclusion() {
    return """
    Let the store that keeps a lease decide when it ends, by its own clock. Where a library uses the workers' clocks, monitor
    their offsets and make leases much longer than any that you tolerate.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "All times of the relay's lease are the database's",
            "common/messaging/src/main/java/dev/mall/messaging/outbox/relay/Leases.java"),
        Link.to(
            "Sagas get their deadlines from the database's clock",
            "saga-orchestrator/src/main/java/dev/mall/saga/runtime/store/SagaStore.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "ShedLock: JdbcTemplate and usingDbTime",
            "https://github.com/lukas-krecan/ShedLock#jdbctemplate"),
        Link.to(
            "PostgreSQL: Current date and time",
            "https://www.postgresql.org/docs/18/functions-datetime.html#FUNCTIONS-DATETIME-CURRENT"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var database = trial.node("database");
    var jdbc = JdbcClient.create(trial.database().connections());
    jdbc.sql("create table task (name text primary key, held_until timestamptz not null)").update();
    jdbc.sql("insert into task values ('report', '-infinity')").update();
    var clockOfA = new ManualClock();
    var clockOfB = new ManualClock();
    var leases = half.isNaive() ? Leases.byWorkersClock(jdbc) : Leases.byDatabaseClock(jdbc);

    a.call(database, "takes the report for 1 minute", () -> leases.take("A", clockOfA));
    a.hold();
    clockOfB.advance(JUMP);
    b.event("its clock jumps ahead by 2 minutes");
    b.call(database, "takes the report for 1 minute", () -> leases.take("B", clockOfB));
    a.call(database, "ends the lease", () -> leases.end("A"));
    a.free();
  }

  @Override
  public List<Violation> judge(History history) {
    var attempts =
        history.facts(Attempt.class).stream().filter(attempt -> attempt.value().taken()).toList();
    return history.facts(Finished.class).stream()
        .flatMap(finished -> {
          var holder = finished.value().worker();
          return attempts.stream()
              .filter(attempt -> !attempt.value().worker().equals(holder))
              .filter(attempt -> attempt.event().number() < finished.event().number())
              .map(attempt ->
                  Violation.of(
                      "%s took the task while %s was at work"
                          .formatted(attempt.value().worker(), holder),
                      attempt,
                      finished));
        })
        .toList();
  }

  /** Takes a task whose lease has ended, by a clock. */
  private record Leases(JdbcClient jdbc, String now) {

    static Leases byWorkersClock(JdbcClient jdbc) {
      return new Leases(jdbc, "cast(:worker as timestamptz)");
    }

    static Leases byDatabaseClock(JdbcClient jdbc) {
      return new Leases(jdbc, "clock_timestamp()");
    }

    Attempt take(String worker, Clock clock) {
      int taken =
          jdbc.sql(
                  "update task set held_until = %1$s + interval '1 minute' where held_until < %1$s"
                      .formatted(now))
              .param("worker", clock.instant().atOffset(ZoneOffset.UTC))
              .update();
      return new Attempt(worker, taken == 1);
    }

    Finished end(String worker) {
      jdbc.sql("update task set held_until = '-infinity'").update();
      return new Finished(worker);
    }
  }
}
