package dev.mall.lab.delivery.outbox;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A way to keep messages for a relay, in the transaction that has a reason to send them. */
interface OutboxDesign extends AutoCloseable {

  /** Appends a message to the transaction that is open on a connection. */
  void append(JdbcClient transaction, String message);

  /** All messages that are committed and not forgotten, in the order in which they are sent. */
  List<String> read() throws SQLException;

  /** Forgets those that were read last, after Kafka has acknowledged them. */
  void forget() throws SQLException;

  @Override
  default void close() throws SQLException {}

  private static void insert(JdbcClient transaction, String message) {
    transaction.sql("insert into outbox (message) values (?)").param(message).update();
  }

  /** Rows are deleted when they are sent, and each read begins with the oldest row. */
  final class Deleting implements OutboxDesign {

    private final JdbcClient jdbc;
    private List<Row> read = List.of();

    private record Row(long number, String message) {}

    Deleting(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @Override
    public void append(JdbcClient transaction, String message) {
      insert(transaction, message);
    }

    @Override
    public List<String> read() {
      read =
          jdbc.sql("select number, message from outbox order by number")
              .query((row, _) -> new Row(row.getLong("number"), row.getString("message")))
              .list();
      return read.stream().map(Row::message).toList();
    }

    @Override
    public void forget() {
      jdbc.sql("delete from outbox where number = any(:numbers)")
          .param("numbers", read.stream().map(Row::number).toArray(Long[]::new))
          .update();
    }
  }

  /** Rows stay, and each read begins where the last one ended. */
  record Remembering(OutboxCursor cursor) implements OutboxDesign {

    @Override
    public void append(JdbcClient transaction, String message) {
      insert(transaction, message);
    }

    @Override
    public List<String> read() {
      return cursor.read();
    }

    /** The position is kept in memory here; a relay would write it to a row. */
    @Override
    public void forget() {}
  }

  /** Rows stay, and the relay reads their inserts in the log. */
  record LoggedRows(MessageLog log) implements OutboxDesign {

    @Override
    public void append(JdbcClient transaction, String message) {
      insert(transaction, message);
    }

    @Override
    public List<String> read() throws SQLException {
      return log.read();
    }

    @Override
    public void forget() throws SQLException {
      log.confirm();
    }

    @Override
    public void close() throws SQLException {
      log.close();
    }
  }

  /** Messages are in the log and in no table. */
  record LoggedMessages(MessageLog log) implements OutboxDesign {

    @Override
    public void append(JdbcClient transaction, String message) {
      transaction
          .sql("select pg_logical_emit_message(true, :prefix, :message)")
          .params(Map.of("prefix", MessageLog.PREFIX, "message", message))
          .query(_ -> {});
    }

    @Override
    public List<String> read() throws SQLException {
      return log.read();
    }

    @Override
    public void forget() throws SQLException {
      log.confirm();
    }

    @Override
    public void close() throws SQLException {
      log.close();
    }
  }
}
