package dev.mall.lab.scheduling;

import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javax.sql.DataSource;

/** A timer in each replica of a service. */
public final class CronEverywhere implements Experiment {

  private static final Schedule MIDNIGHT = Schedules.daily(ZoneOffset.UTC, LocalTime.MIDNIGHT);

  /** A replica's look at its timer. */
  private record Look(String replica, boolean ran) {
    @Override
    public String toString() {
      return ran ? "makes the day's invoices" : "nothing is due";
    }
  }

  /** Runs what is due by a clock, and says whether anything was. */
  private interface Timer {
    boolean run();
  }

  @Override
  public String name() {
    return "scheduling/cron-everywhere";
  }

  @Override
  public String title() {
    return "Each replica of a service has the timer";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A timer in the code, such as a method with `@Scheduled`, belongs to the process that runs it. In development there is one. In production
    there are as many as there are replicas, and during a deployment some more, and at midnight each of them makes the invoices. It is
    noticed by customers, since every replica's log is right.

    The first repair is a flag that enables the timer in one replica. Then the job depends on this replica: if it is down at midnight, no
    other takes its place, and after its restart the moment is past. A lock around the method, as by ShedLock, lets one replica run at a time; it
    must be held for longer than the clocks of replicas differ, or the second replica takes it after the first one's run.

    The thorough repair makes the due time data: one row for the job, with the time at which it runs next. Replicas compete for the row, the
    winner runs and writes the next time, and the others find nothing that is due. A midnight at which all replicas were down is made
    up for by the first that starts. The run itself is at least once, as always: a crash after the invoices and before the next time repeats
    them, so each invoice still needs a key that makes it unique, such as customer and day.
    """;
  }

  @Override
  public String claim() {
    return "The invoices of a day are made by one replica.";
  }

  @Override
  public String naive() {
    return "Each replica has a timer in memory.";
  }

  @Override
  public String remedy() {
    return "The due time is a row of db-scheduler's, and one replica gets it.";
  }

  @Override
  public String conclusion() {
    return """
    Keep the next run of a recurring job in the database, where one replica takes it, and make its effects unique by a key of the period. A
    cron job of the cluster is equal to it if missed runs and overlapping runs are configured on purpose.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Retention may run in every replica, since a repeat finds nothing",
            "common/messaging/src/main/java/dev/mall/messaging/retention/RetentionJob.java"),
        Link.to(
            "One replica's relay leads, by a lease",
            "common/messaging/src/main/java/dev/mall/messaging/outbox/relay/Leases.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("db-scheduler: README", "https://github.com/kagkarlsson/db-scheduler#readme"),
        Link.to("ShedLock: README", "https://github.com/lukas-krecan/ShedLock#readme"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("replica A");
    var b = trial.node("replica B");
    var c = trial.node("replica C");
    var database = trial.node("database");
    var connections = trial.database().connections();
    SchedulerReplica.createTable(connections);
    var clock = SchedulerReplica.clockAt(Instant.parse("2026-01-01T23:59:00Z"));
    var timers =
        Stream.generate(() ->
                half.isNaive() ? new TimerInMemory(clock) : new TimerInDatabase(connections, clock))
            .limit(3)
            .toList();

    clock.tick(Duration.ofMinutes(1));
    database.event("it is midnight");
    var replicas = List.of(a, b, c);
    for (int i = 0; i < replicas.size(); i++) {
      look(replicas.get(i), timers.get(i), half, database);
    }
  }

  private static void look(Node replica, Timer timer, Half half, Node database) {
    Callable<Look> look = () -> new Look(replica.name(), timer.run());
    if (half.isNaive()) {
      replica.step("looks at its timer", look);
    } else {
      replica.call(database, "looks at its timer", look);
    }
  }

  @Override
  public List<Violation> judge(History history) {
    var runs = history.facts(Look.class).stream().filter(look -> look.value().ran()).toList();
    return runs.stream()
        .skip(1)
        .map(again ->
            Violation.of(
                "The invoices that %2$s made are made again by %1$s"
                    .formatted(again.value().replica(), runs.getFirst().value().replica()),
                runs.getFirst(),
                again))
        .toList();
  }

  private static final class TimerInMemory implements Timer {

    private final SettableClock clock;
    private Instant next;

    TimerInMemory(SettableClock clock) {
      this.clock = clock;
      this.next = MIDNIGHT.getInitialExecutionTime(clock.now());
    }

    @Override
    public boolean run() {
      boolean due = !clock.now().isBefore(next);
      if (due) {
        next = MIDNIGHT.getInitialExecutionTime(clock.now());
      }
      return due;
    }
  }

  private static final class TimerInDatabase implements Timer {

    private final SchedulerReplica replica;
    private boolean ran;

    TimerInDatabase(DataSource connections, SettableClock clock) {
      this.replica =
          SchedulerReplica.recurring(
              connections,
              clock,
              Tasks.recurring("invoices", MIDNIGHT).execute((_, _) -> ran = true));
    }

    @Override
    public boolean run() {
      ran = false;
      replica.run();
      return ran;
    }
  }
}
