package dev.mall.lab.scheduling;

import com.github.kagkarlsson.scheduler.task.FailureHandler;
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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A task that always fails, at the head of a queue. */
public final class PoisonTask implements Experiment {

  private static final Duration POLL = Duration.ofMinutes(1);
  private static final int POLLS = 4;
  private static final int RETRIES = 2;
  private static final List<String> TASKS = List.of("mail 1", "mail 2", "mail 3");

  /** Has an address that no server accepts. */
  private static final String POISON = "mail 1";

  private record Planned(List<String> tasks) {
    @Override
    public String toString() {
      return named(tasks);
    }
  }

  /** The outcome of all tasks; the others are still tried. */
  private record Outcome(List<String> sent, List<String> dead) {
    @Override
    public String toString() {
      return "sent: %s; given up: %s".formatted(named(sent), named(dead));
    }
  }

  @Override
  public String name() {
    return "scheduling/poison-task";
  }

  @Override
  public String title() {
    return "A task that always fails is at the head of the queue";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Some tasks fail because a server is down, and succeed an hour later. Others fail because of themselves: an address that does not exist,
    data that this release cannot read. A worker cannot distinguish them at the first failure, so it retries both. If the retry is at
    once, and in the old place, a task of the second kind is tried for as long as the queue exists, and everything behind it waits. A queue
    that takes the oldest row and rolls back when the work fails does precisely this, and so does a consumer of Kafka that
    seeks back to the failed record.

    Three things are needed together. The failure is stored, with a time before which the task is not due: other tasks come first. The
    time grows with each failure, so that a server that is down is not kept down by retries, and with some jitter where many tasks fail
    together. And after a number of failures the task leaves the queue for a place that an operator looks at, with its error and the means
    to start it once more: a dead letter. Where the order within a key matters, only this key may wait for its failed task, and the others
    must not.
    """;
  }

  @Override
  public String claim() {
    return "After four polls each task is sent, or is given up where an operator finds it.";
  }

  @Override
  public String naive() {
    return "The worker takes the oldest task, and rolls back if it fails.";
  }

  @Override
  public String remedy() {
    return "db-scheduler retries it after 1 and 2 minutes, runs the others meanwhile, and then gives it up as a dead letter.";
  }

  @Override
  public String conclusion() {
    return """
    Store the failure, back off exponentially, and give up after a number of attempts into a place with an alert and a way back. A queue
    without an end for failures is stopped by its first bad task.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Dead letters of the consumers",
            "common/messaging/src/main/java/dev/mall/messaging/consumer/failure/DeadLetters.java"),
        Link.to(
            "ADR 19: failures are classified by their remedy",
            "docs/adr/0019-classify-failures-by-remedy.md"),
        Link.to(
            "ADR 20: rows that the broker refuses are quarantined",
            "docs/adr/0020-outbox-wake-ups-bounds-and-quarantine.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("db-scheduler: README", "https://github.com/kagkarlsson/db-scheduler#readme"),
        Link.to(
            "Brooker: Exponential backoff and jitter (2015)",
            "https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var worker = trial.node("worker");
    var database = trial.node("database");
    var connections = trial.database().connections();
    var outbox = half.isNaive() ? new OldestFirst(connections) : new WithBackoff(connections);

    database.step("has tasks", () -> outbox.plan(TASKS));
    for (int poll = 1; poll <= POLLS; poll++) {
      worker.call(database, "runs what is due", () -> named(outbox.run()));
      outbox.pass(POLL);
      database.event("a minute passes");
    }
    database.step("lists the outcome", outbox::outcome);
  }

  @Override
  public List<Violation> judge(History history) {
    var planned = history.facts(Planned.class).getFirst();
    var outcome = history.facts(Outcome.class).getLast();
    return planned.value().tasks().stream()
        .filter(task -> !outcome.value().sent().contains(task))
        .filter(task -> !outcome.value().dead().contains(task))
        .map(
            task -> Violation.of("Neither sent nor given up: %s".formatted(task), planned, outcome))
        .toList();
  }

  private static String named(List<String> tasks) {
    return tasks.isEmpty() ? "none" : String.join(", ", tasks);
  }

  private abstract static class Queue {

    final List<String> sent = new ArrayList<>();
    final List<String> dead = new ArrayList<>();
    private final List<String> tried = new ArrayList<>();

    abstract Planned plan(List<String> tasks);

    abstract void poll();

    abstract void pass(Duration time);

    /** Polls once, and names what was tried. */
    final List<String> run() {
      tried.clear();
      poll();
      return tried.stream()
          .map(task -> sent.contains(task) ? task + " is sent" : task + " fails")
          .toList();
    }

    final Outcome outcome() {
      return new Outcome(sent, dead);
    }

    final void send(String task) {
      tried.add(task);
      if (task.equals(POISON)) {
        throw new IllegalArgumentException("no such address");
      }
      sent.add(task);
    }
  }

  private static final class OldestFirst extends Queue {

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    OldestFirst(DataSource connections) {
      this.jdbc = JdbcClient.create(connections);
      this.transaction = new TransactionTemplate(new JdbcTransactionManager(connections));
    }

    @Override
    Planned plan(List<String> tasks) {
      jdbc.sql("create table task (number int generated always as identity primary key, name text)")
          .update();
      tasks.forEach(task -> jdbc.sql("insert into task (name) values (?)").param(task).update());
      return new Planned(tasks);
    }

    @Override
    void poll() {
      try {
        transaction.executeWithoutResult(_ -> runOldest());
      } catch (IllegalArgumentException _) {
        // rolled back, so the task is where it was
      }
    }

    @Override
    void pass(Duration time) {}

    private void runOldest() {
      jdbc.sql("select name from task order by number limit 1 for update skip locked")
          .query(String.class)
          .optional()
          .ifPresent(task -> {
            send(task);
            jdbc.sql("delete from task where name = ?").param(task).update();
          });
    }
  }

  private static final class WithBackoff extends Queue {

    private final SettableClock clock =
        SchedulerReplica.clockAt(Instant.parse("2026-01-01T00:00:00Z"));
    private final OneTimeTask<Void> mail =
        Tasks.oneTime("mail")
            .onFailure(
                FailureHandler.<Void>maxRetries(RETRIES)
                    .withBackoff(POLL, 2)
                    .thenRemove(failed -> dead.add(failed.getExecution().taskInstance.getId())))
            .execute((task, _) -> send(task.getId()));
    private final SchedulerReplica replica;

    WithBackoff(DataSource connections) {
      SchedulerReplica.createTable(connections);
      this.replica = SchedulerReplica.of(connections, clock, mail);
    }

    @Override
    Planned plan(List<String> tasks) {
      tasks.forEach(task -> replica.scheduler().schedule(mail.instance(task), clock.now()));
      return new Planned(tasks);
    }

    @Override
    void poll() {
      replica.run();
    }

    @Override
    void pass(Duration time) {
      clock.tick(time);
    }
  }
}
