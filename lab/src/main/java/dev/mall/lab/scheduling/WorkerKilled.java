package dev.mall.lab.scheduling;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.io.Serial;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** A worker that crashes at its task, and the mark that it leaves. */
public final class WorkerKilled implements Experiment {

  private static final Duration LATER = Duration.ofMinutes(31); // six heartbeats of five minutes

  /** The task that is to be done. */
  private record Planned(String task) {
    @Override
    public String toString() {
      return task;
    }
  }

  /** The tasks that are done in the end. */
  private record Done(List<String> tasks) {
    @Override
    public String toString() {
      return tasks.isEmpty() ? "none" : String.join(", ", tasks);
    }
  }

  @Override
  public String name() {
    return "scheduling/worker-killed";
  }

  @Override
  public String title() {
    return "The mark of a worker that was killed";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Work that takes longer than a transaction should last is marked instead of locked: `RUNNING`, committed, visible to all. The mark has no
    relation to the process that made it. If this process is killed, by the kernel for its memory, by an orchestrator that moves it, or by
    a power cut, there is no handler that could take the mark back, and no other worker dares to. The task runs without end, as the table says,
    and is found when a customer asks for it.

    So the mark has to be a lease. Its holder renews it while it works, by a heartbeat in the same row; when heartbeats stop for long enough,
    another worker takes the task over. Long enough is a compromise: a short lease repeats the tasks of workers that were only slow or
    paused, a long one leaves the tasks of dead workers alone. db-scheduler has heartbeats every five minutes and gives an
    execution up after six that are missing; then its handler for dead executions decides, by default to run the task again.

    Again means: from the beginning, after an unknown part of it was done. A task with a lease runs at least once, and its effects
    need the same care as those of a message that is delivered twice.
    """;
  }

  @Override
  public String claim() {
    return "A task whose worker crashes is done by another worker.";
  }

  @Override
  public String naive() {
    return "The worker sets the task to RUNNING and, when it is done, to DONE.";
  }

  @Override
  public String remedy() {
    return "db-scheduler keeps a heartbeat with the mark, and revives a task whose heartbeats have stopped.";
  }

  @Override
  public String conclusion() {
    return """
    A mark without an end outlives its worker. Hold short tasks by a row lock, which ends with the connection, and long ones by a lease with
    a heartbeat, from a library such as db-scheduler; and make tasks repeatable, since both run them again.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "The relay leads by a lease that it renews",
            "common/messaging/src/main/java/dev/mall/messaging/outbox/relay/Leases.java"),
        Link.to(
            "Sagas are taken by row locks, which end with the connection",
            "saga-orchestrator/src/main/java/dev/mall/saga/runtime/store/DueSagas.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "db-scheduler: How it works",
            "https://github.com/kagkarlsson/db-scheduler#how-it-works"),
        Link.to("Gray and Cheriton: Leases (1989)", "https://doi.org/10.1145/74850.74870"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var database = trial.node("database");
    var connections = trial.database().connections();
    var tasks = half.isNaive() ? new MarkedTasks(connections) : new ScheduledTasks(connections);
    var cut = new CutConnections(connections);
    var workerOfA = tasks.worker(cut, _ -> cut.cut());
    var done = new ArrayList<String>();
    var workerOfB = tasks.worker(connections, done::add);

    database.step("has a task", () -> tasks.plan(new Planned("report 1")));
    a.call(database, "runs what is due", workerOfA::run);
    a.crash("its host is gone");
    tasks.pass(LATER);
    database.event("31 minutes pass");
    b.call(database, "runs what is due", workerOfB::run);
    database.step("lists what is done", () -> new Done(done));
  }

  @Override
  public List<Violation> judge(History history) {
    var done = history.facts(Done.class).getLast();
    return history.facts(Planned.class).stream()
        .filter(planned -> !done.value().tasks().contains(planned.value().task()))
        .map(planned ->
            Violation.of("No worker ever does %s".formatted(planned.value().task()), planned, done))
        .toList();
  }

  /** Where the tasks are kept. */
  private interface Queue {

    Planned plan(Planned task);

    /**
     * @param connections of the worker's process
     */
    Worker worker(DataSource connections, Consumer<String> work);

    void pass(Duration time);
  }

  private interface Worker {

    /** Runs what is due, and names it. */
    String run();
  }

  private static final class ProcessEndedException extends RuntimeException {
    @Serial private static final long serialVersionUID = 1L;
  }

  /** The process of these connections ends: not one more statement reaches the database. */
  private static final class CutConnections extends DelegatingDataSource {

    private boolean isCut;

    CutConnections(DataSource connections) {
      super(connections);
    }

    void cut() {
      isCut = true;
      throw new ProcessEndedException();
    }

    @Override
    public Connection getConnection() throws SQLException {
      if (isCut) {
        throw new SQLException("its process has ended");
      }
      return super.getConnection();
    }
  }

  /** A table with a state, and without any notion of time. */
  private static final class MarkedTasks implements Queue {

    private static final String TAKE =
        """
        update task
           set state = 'RUNNING'
         where name = (select name from task where state = 'NEW' limit 1 for update skip locked)
        returning name
        """;

    private final JdbcClient planning;

    MarkedTasks(DataSource connections) {
      this.planning = JdbcClient.create(connections);
      planning.sql("create table task (name text primary key, state text not null)").update();
    }

    @Override
    public Planned plan(Planned task) {
      planning.sql("insert into task values (?, 'NEW')").param(task.task()).update();
      return task;
    }

    @Override
    public Worker worker(DataSource connections, Consumer<String> work) {
      var jdbc = JdbcClient.create(connections);
      return () -> {
        var taken = jdbc.sql(TAKE).query(String.class).optional();
        taken.ifPresent(task -> {
          try {
            work.accept(task);
            jdbc.sql("update task set state = 'DONE' where name = ?").param(task).update();
          } catch (ProcessEndedException _) {
            // it marks nothing
          }
        });
        return taken.orElse("nothing");
      };
    }

    @Override
    public void pass(Duration time) {}
  }

  private static final class ScheduledTasks implements Queue {

    private final DataSource planning;

    /** Begins now, since the handler for dead executions reads the system's clock. */
    private final SettableClock clock = SchedulerReplica.clockAt(Instant.now());

    ScheduledTasks(DataSource connections) {
      this.planning = connections;
      SchedulerReplica.createTable(connections);
    }

    @Override
    public Planned plan(Planned task) {
      var report = report(_ -> {});
      SchedulerReplica.of(planning, clock, report)
          .scheduler()
          .schedule(report.instance(task.task()), clock.now());
      return task;
    }

    @Override
    public Worker worker(DataSource connections, Consumer<String> work) {
      var begun = new ArrayList<String>();
      var replica =
          SchedulerReplica.of(
              connections,
              clock,
              report(task -> {
                begun.add(task);
                work.accept(task);
              }));
      return () -> {
        replica.run();
        return begun.isEmpty() ? "nothing" : String.join(", ", begun);
      };
    }

    @Override
    public void pass(Duration time) {
      clock.tick(time);
    }

    private static OneTimeTask<Void> report(Consumer<String> work) {
      return Tasks.oneTime("report").execute((task, _) -> work.accept(task.getId()));
    }
  }
}
