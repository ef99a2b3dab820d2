package dev.mall.lab.scheduling;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A worker on a table of tasks, with a connection of its own. */
final class QueueWorker implements AutoCloseable {

  static final String TABLE =
      "create table task (number int primary key, state text not null default 'NEW')";

  /** A call of another service, which the task waits for. */
  private static final String WORK = "select pg_sleep(0.002)";

  private static final String OLDEST =
      "select number from task where state = 'NEW' order by number limit 1";

  private final Way way;
  private final Connection connection;
  private final JdbcClient jdbc;
  private int runs;
  private int vain;

  /** A way to take a task. */
  enum Way {
    SELECT_THEN_UPDATE("select, then update", "", "", true),
    UPDATE_IF_FREE("select, then update if it is still free", "", " and state = 'NEW'", true),
    LOCK("select for update, work in the transaction", " for update", "", false),
    SKIP_LOCKED("skip locked, work in the transaction", " for update skip locked", "", false),
    SKIP_LOCKED_AND_MARK(
        "skip locked, mark, commit, then work", " for update skip locked", "", true);

    private final String title;
    private final String locking;
    private final String condition;
    private final boolean marks;

    Way(String title, String locking, String condition, boolean marks) {
      this.title = title;
      this.locking = locking;
      this.condition = condition;
      this.marks = marks;
    }

    String title() {
      return title;
    }
  }

  QueueWorker(Way way, DataSource connections) throws SQLException {
    this.way = way;
    this.connection = connections.getConnection();
    connection.setAutoCommit(false);
    this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }

  /** Runs tasks until it finds none. */
  void runAll() throws SQLException {
    while (true) {
      var task = jdbc.sql(OLDEST + way.locking).query(Integer.class).optional();
      if (task.isEmpty()) {
        connection.commit();
        return;
      }
      if (take(task.get())) {
        jdbc.sql(WORK).query(_ -> {});
        jdbc.sql("update task set state = 'DONE' where number = ?").param(task.get()).update();
        connection.commit();
        runs++;
      } else {
        vain++;
      }
    }
  }

  /** Takes the oldest task, as {@link #runAll} does before it works. */
  void takeOldest() throws SQLException {
    take(jdbc.sql(OLDEST + way.locking).query(Integer.class).single());
  }

  private boolean take(int task) throws SQLException {
    if (!way.marks) {
      return true;
    }
    int marked =
        jdbc.sql("update task set state = 'RUNNING' where number = ?" + way.condition)
            .param(task)
            .update();
    connection.commit();
    return marked == 1;
  }

  int runs() {
    return runs;
  }

  /** How often the task that it found was taken meanwhile. */
  int vain() {
    return vain;
  }

  /** The server's process for its connection. */
  int backend() {
    return jdbc.sql("select pg_backend_pid()").query(Integer.class).single();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
