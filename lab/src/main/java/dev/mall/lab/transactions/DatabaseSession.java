package dev.mall.lab.transactions;

import dev.mall.lab.trial.Trial;
import dev.mall.lab.trial.TrialDatabase;
import java.sql.SQLException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A connection of a service's own, whose transaction stays open from step to step. Statements
 * outside of transactions commit at once.
 */
final class DatabaseSession implements AutoCloseable {

  private final SingleConnectionDataSource connection;
  private final JdbcClient jdbc;

  private DatabaseSession(SingleConnectionDataSource connection) {
    this.connection = connection;
    this.jdbc = JdbcClient.create(connection);
  }

  /** The levels of the SQL standard; {@code toString()} is their SQL. */
  enum IsolationLevel {
    READ_UNCOMMITTED,
    READ_COMMITTED,
    REPEATABLE_READ,
    SERIALIZABLE;

    @Override
    public String toString() {
      return name().replace('_', ' ');
    }
  }

  /** A session that the trial closes. */
  static DatabaseSession of(Trial trial, TrialDatabase database) throws SQLException {
    return trial.opened(
        new DatabaseSession(
            new SingleConnectionDataSource(database.connections().getConnection(), true)));
  }

  StatementSpec sql(String statement) {
    return jdbc.sql(statement);
  }

  void run(String statements) {
    jdbc.sql(statements).update();
  }

  int number(String query) {
    return jdbc.sql(query).query(Integer.class).single();
  }

  void begin(IsolationLevel level) {
    run("begin isolation level " + level);
  }

  void commit() {
    run("commit");
  }

  void rollBack() {
    run("rollback");
  }

  /** Whether PostgreSQL aborted the transaction so that it may be run again. */
  static boolean isSerializationFailure(DataAccessException failure) {
    return hasState(failure, "40001");
  }

  /** Whether a row was locked that is asked for with NOWAIT. */
  static boolean isLockedRow(DataAccessException failure) {
    return hasState(failure, "55P03");
  }

  private static boolean hasState(DataAccessException failure, String state) {
    return failure.getRootCause() instanceof SQLException cause
        && state.equals(cause.getSQLState());
  }

  @Override
  public void close() {
    connection.close();
  }
}
