package dev.mall.verifier.tables;

import dev.mall.cli.MallService;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.ToLongFunction;

/** One database as it was at one moment, however long it is looked at. */
public final class Snapshot implements AutoCloseable {

  private static final int ROWS_AT_A_TIME = 2_000;

  private final MallService service;
  private final Connection connection;

  private Snapshot(MallService service, Connection connection) {
    this.service = service;
    this.connection = connection;
  }

  /** The moment is now: when this returns, what commits later is not seen. */
  public static Snapshot of(DatabaseAddresses databases, MallService service) throws SQLException {
    var connection = databases.connect(service);
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("select 1");
    }
    return new Snapshot(service, connection);
  }

  MallService service() {
    return service;
  }

  /** Rows that break a guarantee; their first column says what they are about. */
  void report(Findings findings, Kind kind, String sql, Object... parameters) throws SQLException {
    var some = new ArrayList<Finding>();
    long count = 0;
    var limited =
        "select *, count(*) over () from (%s) as broken limit %d".formatted(sql, findings.wanted());
    try (var statement = prepare(limited, parameters);
        var rows = statement.executeQuery()) {
      int columns = rows.getMetaData().getColumnCount() - 1;
      while (rows.next()) {
        count = rows.getLong(columns + 1);
        var values = new LinkedHashMap<String, String>();
        for (int i = 2; i <= columns; i++) {
          values.put(rows.getMetaData().getColumnLabel(i), String.valueOf(rows.getString(i)));
        }
        some.add(new Finding(kind, String.valueOf(rows.getString(1)), kind.meaning(), values));
      }
    }
    findings.add(some, count);
  }

  <R> List<R> list(OrderCursor.Reading<R> reading, String sql, Object... parameters)
      throws SQLException {
    try (var statement = prepare(sql, parameters);
        var rows = statement.executeQuery()) {
      var list = new ArrayList<R>();
      while (rows.next()) {
        list.add(reading.read(rows));
      }
      return list;
    }
  }

  long number(String sql, Object... parameters) throws SQLException {
    return list(row -> row.getLong(1), sql, parameters).getFirst();
  }

  <R> OrderCursor<R> stream(OrderCursor.Reading<R> reading, ToLongFunction<R> orderId, String sql)
      throws SQLException {
    var statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY);
    statement.setFetchSize(ROWS_AT_A_TIME);
    return new OrderCursor<>(statement.executeQuery(), reading, orderId);
  }

  private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
    var statement = connection.prepareStatement(sql);
    for (int i = 0; i < parameters.length; i++) {
      if (parameters[i] instanceof Set<?> ids) {
        statement.setArray(i + 1, array(ids));
      } else {
        statement.setObject(i + 1, parameters[i]);
      }
    }
    return statement;
  }

  private Array array(Set<?> ids) throws SQLException {
    return connection.createArrayOf("bigint", ids.toArray());
  }

  @Override
  public void close() throws SQLException {
    connection.close(); // and with it the transaction
  }
}
