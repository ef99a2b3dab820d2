package dev.mall.lab.locks;

import dev.mall.lab.locks.LateWrites.Write;
import dev.mall.lab.trial.TrialDatabase;
import java.sql.SQLException;
import java.util.OptionalLong;
import javax.sql.DataSource;

/** A row in PostgreSQL that several workers write, with the greatest fencing token it has seen. */
final class FencedRow {

  private final DataSource database;

  FencedRow(TrialDatabase database) throws SQLException {
    this.database = database.connections();
    try (var connection = this.database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create table document (writer text, fence bigint not null)");
      statement.execute("insert into document values (null, 0)");
      statement.execute("create sequence lock_fence as bigint cache 1");
    }
  }

  /** Greater than every token before, whatever happened to the lock service. */
  OptionalLong nextToken() throws SQLException {
    try (var connection = database.getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select nextval('lock_fence')")) {
      row.next();
      return OptionalLong.of(row.getLong(1));
    }
  }

  /**
   * @param token none if the row is to trust the writer
   */
  Write write(String worker, OptionalLong token) throws SQLException {
    try (var connection = database.getConnection();
        var update =
            connection.prepareStatement(
                "update document set writer = ?, fence = greatest(fence, ?) where fence <= ?")) {
      update.setString(1, worker);
      update.setLong(2, token.orElse(0));
      update.setLong(3, token.orElse(Long.MAX_VALUE));
      return new Write(worker, update.executeUpdate() == 1);
    }
  }
}
