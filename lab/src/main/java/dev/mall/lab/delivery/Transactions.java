package dev.mall.lab.delivery;

import dev.mall.lab.trial.Trial;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** One transaction after the other on a connection, each open until it is committed. */
public final class Transactions {

  private final Connection connection;
  private final JdbcClient jdbc;

  private Transactions(Connection connection) {
    this.connection = connection;
    this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
  }

  /** On a new connection, which is closed with the trial. */
  public static Transactions on(DataSource connections, Trial trial) throws SQLException {
    var connection = trial.opened(connections.getConnection());
    connection.setAutoCommit(false);
    return new Transactions(connection);
  }

  /** Statements of the transaction. */
  public JdbcClient jdbc() {
    return jdbc;
  }

  public void commit() throws SQLException {
    connection.commit();
  }

  /** Ends the connection as a crash does, and with it the open transaction. */
  void loseConnection() throws SQLException {
    connection.close();
  }
}
