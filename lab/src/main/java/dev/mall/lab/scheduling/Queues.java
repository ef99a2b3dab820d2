package dev.mall.lab.scheduling;

import dev.mall.lab.scheduling.QueueWorker.Way;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Ways in which workers take tasks from a table. */
public final class Queues implements Comparison {

  private static final int TASKS = 100;
  private static final int WORKERS = 4;

  @Override
  public String name() {
    return "scheduling/queues";
  }

  @Override
  public String title() {
    return "Ways to take a task from a table";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    Four workers take a hundred tasks from one table, and each task waits 2 ms for another service. The ways differ in what a worker does between
    the look at the table and the work.

    An update of whatever was found runs tasks more than once. An update that applies only while the row is still free is right, and is the
    optimistic way: all workers find the same oldest row, one gets it, and the others have looked in vain, more often the more workers there
    are. A plain row lock is right as well, and lets one worker run at a time, since the next one waits at the row until the first commits.
    With `skip locked` each look gives a row that is free.

    The last two rows differ in where the work is. In the transaction that holds the row lock, a killed worker's task is free as soon as its
    connection ends, and the transaction is open for as long as the work, which holds a connection and keeps vacuum from dead rows. After a
    commit that marks the row, the work may last, and the mark of a killed worker stays: it needs [a lease](worker-killed.md).
    The third column shows it on the server: the connection of a worker that has taken a task is terminated, and another worker looks for it.
    """;
  }

  @Override
  public String conclusion() {
    return """
    Take tasks by `for update skip locked`. Work inside the transaction where it takes milliseconds; mark the row and keep a lease where it
    takes longer or calls a service that may hang.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Replicas share due sagas by skip locked",
            "saga-orchestrator/src/main/java/dev/mall/saga/runtime/store/DueSagas.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "PostgreSQL: The locking clause",
            "https://www.postgresql.org/docs/18/sql-select.html#SQL-FOR-UPDATE-SHARE"),
        Link.to(
            "db-scheduler: Polling strategy lock-and-fetch",
            "https://github.com/kagkarlsson/db-scheduler#polling-strategy-lock-and-fetch"));
  }

  @Override
  public Result compare(Trial trial) throws Exception {
    var connections = trial.database().connections();
    var jdbc = JdbcClient.create(connections);
    jdbc.sql(QueueWorker.TABLE).update();
    var rows = new ArrayList<List<String>>();
    for (var way : Way.values()) {
      var fate = fateOfKilled(way, connections, jdbc, trial);
      var all = runAll(way, connections, jdbc);
      rows.add(
          List.of(
              way.title(),
              fate,
              Long.toString(all.runs()),
              Long.toString(all.vain()),
              Long.toString(TASKS * 1_000_000_000L / all.nanos())));
    }
    return Result.of(
        new Table(
            "%d tasks of 2 ms, %d workers".formatted(TASKS, WORKERS),
            List.of(
                Column.of("way"),
                Column.of("task of a killed worker"),
                Column.measured("runs"),
                Column.measured("looks in vain"),
                Column.measured("tasks per second")),
            rows));
  }

  private record Totals(long runs, long vain, long nanos) {}

  private static Totals runAll(Way way, DataSource connections, JdbcClient jdbc) throws Exception {
    fill(jdbc, TASKS);
    var workers = new ArrayList<QueueWorker>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < WORKERS; i++) {
        workers.add(new QueueWorker(way, connections));
      }
      long start = System.nanoTime();
      var running = workers.stream().map(worker -> threads.submit(running(worker))).toList();
      for (var each : running) {
        each.get();
      }
      long nanos = System.nanoTime() - start;
      return new Totals(
          workers.stream().mapToLong(QueueWorker::runs).sum(),
          workers.stream().mapToLong(QueueWorker::vain).sum(),
          nanos);
    } finally {
      for (var worker : workers) {
        worker.close();
      }
    }
  }

  private static Callable<Void> running(QueueWorker worker) {
    return () -> {
      worker.runAll();
      return null;
    };
  }

  private static String fateOfKilled(Way way, DataSource connections, JdbcClient jdbc, Trial trial)
      throws Exception {
    fill(jdbc, 1);
    try (var killed = new QueueWorker(way, connections);
        var other = new QueueWorker(way, connections)) {
      int backend = killed.backend();
      killed.takeOldest();
      jdbc.sql("select pg_terminate_backend(?)").param(backend).query(_ -> {});
      trial.await("the killed worker's connection has ended", () -> isGone(backend, jdbc));
      other.runAll();
      return other.runs() == 1 ? "free at once" : "stays taken";
    }
  }

  private static boolean isGone(int backend, JdbcClient jdbc) {
    return jdbc.sql("select not exists (select from pg_stat_activity where pid = ?)")
        .param(backend)
        .query(Boolean.class)
        .single();
  }

  private static void fill(JdbcClient jdbc, int tasks) {
    jdbc.sql("truncate task").update();
    jdbc.sql("insert into task (number) select generate_series(1, ?)").param(tasks).update();
  }
}
