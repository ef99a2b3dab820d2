package dev.mall.testing;

import java.sql.Connection;
import java.sql.SQLException;

/** A transaction like that of a backup, which keeps dead rows from being removed until closed. */
public final class LongSnapshot implements AutoCloseable {

  private final Connection connection;

  public LongSnapshot(TestDatabase database) throws SQLException {
    connection = database.dataSource().getConnection();
    connection.setAutoCommit(false);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try (var statement = connection.createStatement()) {
      statement.execute("select 1");
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
