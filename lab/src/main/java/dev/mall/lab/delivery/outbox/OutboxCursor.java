package dev.mall.lab.delivery.outbox;

import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A relay's position in an outbox whose rows stay; each read goes on where the last one ended. */
final class OutboxCursor {

  static final String TABLE =
      """
      create table outbox (
        number bigint generated always as identity primary key,
        transaction xid8 not null default pg_current_xact_id(),
        message text not null)
      """;

  private static final String BY_NUMBER =
      """
      select transaction::text::bigint as transaction, number, message
        from outbox
       where number > :number
       order by number
      """;

  private static final String BY_TRANSACTION =
      """
      select transaction::text::bigint as transaction, number, message
        from outbox
       where (transaction, number) > (cast(cast(:transaction as text) as xid8), :number)
         and transaction < pg_snapshot_xmin(pg_current_snapshot())
       order by outbox.transaction, number
      """;

  private final JdbcClient jdbc;
  private final String query;
  private Row reached = new Row(0, 0, "");

  private record Row(long transaction, long number, String message) {}

  private OutboxCursor(JdbcClient jdbc, String query) {
    this.jdbc = jdbc;
    this.query = query;
  }

  /** Passes the number of a transaction that commits late. */
  static OutboxCursor byNumber(JdbcClient jdbc) {
    return new OutboxCursor(jdbc, BY_NUMBER);
  }

  /** Waits for every transaction that is older than a row's. */
  static OutboxCursor byTransaction(JdbcClient jdbc) {
    return new OutboxCursor(jdbc, BY_TRANSACTION);
  }

  /** Whether no transaction that writes is open, in any database of the server. */
  static boolean isServerIdle(JdbcClient jdbc) {
    return jdbc.sql(
            "select pg_snapshot_xmin(now) = pg_snapshot_xmax(now) from pg_current_snapshot() as now")
        .query(Boolean.class)
        .single();
  }

  /** The messages that are new to it, in its order. */
  List<String> read() {
    var rows =
        jdbc.sql(query)
            .param("transaction", reached.transaction())
            .param("number", reached.number())
            .query((row, _) ->
                new Row(
                    row.getLong("transaction"), row.getLong("number"), row.getString("message")))
            .list();
    if (!rows.isEmpty()) {
      reached = rows.getLast();
    }
    return rows.stream().map(Row::message).toList();
  }
}
