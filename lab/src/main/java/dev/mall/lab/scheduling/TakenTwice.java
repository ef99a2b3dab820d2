package dev.mall.lab.scheduling;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.TransactionStatus;

/** Two workers that look for work at the same time. */
public final class TakenTwice implements Experiment {

  private static final String LOOK =
      """
      select name
        from task
       where worker is null
       order by number
       limit 1
      """;

  private static final String LOOK_AND_LOCK = LOOK + " for update skip locked";

  /** A worker has a task of its own, as it believes. */
  private record Taken(String task, String worker) {
    @Override
    public String toString() {
      return task;
    }
  }

  @Override
  public String name() {
    return "scheduling/taken-twice";
  }

  @Override
  public String title() {
    return "Two workers find the same task";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A table of tasks is the simplest queue: a worker selects the oldest row that is free and marks it as its own. Between the two
    statements another worker selects the same row, and both mark it. The second mark replaces the first, no statement fails, and the task
    runs twice. A transaction around both does not help under read committed, the default: a row that is read is free for all. Under
    repeatable read PostgreSQL refuses the second mark with an error, after both workers found the same row. `select … for update` makes
    a queue of the workers: the second one waits for the first one's commit, although other rows are free.

    `for update skip locked` is made for this. It locks the rows that it returns and passes those which another transaction has locked,
    so that each worker gets a row of its own at once. The result is no consistent view of the table, which a queue does not need. The lock
    ends with the transaction or with the connection: a worker that crashes gives its row back without a timeout. So short work runs in this
    transaction. Work that takes longer, or calls another service, marks the row, commits, and needs a lease:
    [the worker that is killed](worker-killed.md).
    """;
  }

  @Override
  public String claim() {
    return "Each task is taken by one worker.";
  }

  @Override
  public String naive() {
    return "A worker selects the oldest free task, and then updates it.";
  }

  @Override
  public String remedy() {
    return "It selects `for update skip locked`, and updates in the same transaction.";
  }

  @Override
  public String conclusion() {
    return """
    Take work by `select … for update skip locked` and mark it in the same transaction. It is short, needs no library, and scales to as many
    workers as the database has connections.
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
            "Ringer: What is SKIP LOCKED for in PostgreSQL? (2016)",
            "https://www.2ndquadrant.com/en/blog/what-is-select-skip-locked-for-in-postgresql-9-5/"));
  }

  @Override
  public void run(Half half, Trial trial) {
    var a = trial.node("worker A");
    var b = trial.node("worker B");
    var database = trial.node("database");
    var connections = trial.database().connections();
    createTasks(JdbcClient.create(connections));
    var workerOfA = new Worker("A", half, connections);
    var workerOfB = new Worker("B", half, connections);

    a.call(database, "looks for a task", workerOfA::look);
    b.call(database, "looks for a task", workerOfB::look);
    a.call(database, "marks it and commits", workerOfA::take);
    b.call(database, "marks it and commits", workerOfB::take);
  }

  @Override
  public List<Violation> judge(History history) {
    var taken = history.facts(Taken.class);
    return taken.stream()
        .flatMap(second ->
            taken.stream()
                .filter(first -> first.event().number() < second.event().number())
                .filter(first -> first.value().task().equals(second.value().task()))
                .map(first ->
                    Violation.of(
                        "Two workers run %s: %s and %s"
                            .formatted(
                                first.value().task(),
                                first.value().worker(),
                                second.value().worker()),
                        first,
                        second)))
        .toList();
  }

  private static void createTasks(JdbcClient jdbc) {
    jdbc.sql("create table task (number int primary key, name text not null, worker text)")
        .update();
    jdbc.sql("insert into task values (1, 'task 1'), (2, 'task 2')").update();
  }

  /** Its transaction belongs to the thread of its node. */
  private static final class Worker {

    private final String name;
    private final Half half;
    private final JdbcTransactionManager transactions;
    private final JdbcClient jdbc;
    private @Nullable TransactionStatus transaction;
    private String found = "";

    Worker(String name, Half half, DataSource connections) {
      this.name = name;
      this.half = half;
      this.transactions = new JdbcTransactionManager(connections);
      this.jdbc = JdbcClient.create(connections);
    }

    String look() {
      transaction = transactions.getTransaction(TransactionDefinition.withDefaults());
      found = jdbc.sql(half.isNaive() ? LOOK : LOOK_AND_LOCK).query(String.class).single();
      return found;
    }

    Taken take() {
      jdbc.sql("update task set worker = ? where name = ?").params(name, found).update();
      transactions.commit(Objects.requireNonNull(transaction));
      return new Taken(found, name);
    }
  }
}
