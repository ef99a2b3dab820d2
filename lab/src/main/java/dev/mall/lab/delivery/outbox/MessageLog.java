package dev.mall.lab.delivery.outbox;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.postgresql.PGConnection;
import org.postgresql.replication.PGReplicationStream;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The messages in PostgreSQL's log, read from a logical replication slot as a standby reads it:
 * transactions come in the order of their commits. It has the rows that are inserted into {@code
 * outbox}, and the logical messages that carry its prefix.
 *
 * @see <a
 *     href="https://www.postgresql.org/docs/18/protocol-logicalrep-message-formats.html">formats</a>
 */
final class MessageLog implements AutoCloseable {

  static final String PREFIX = "outbox";

  /** Of a logical message outside transactions, which says that all before it has been read. */
  private static final String END = "end";

  private final JdbcClient jdbc;
  private final Connection connection;
  private final PGReplicationStream stream;

  private MessageLog(JdbcClient jdbc, Connection connection, PGReplicationStream stream) {
    this.jdbc = jdbc;
    this.connection = connection;
    this.stream = stream;
  }

  /** Reads the slot from the position that was confirmed last. */
  static MessageLog open(LogicalDatabase database) throws SQLException {
    var connection = database.replicationConnection();
    var stream =
        connection
            .unwrap(PGConnection.class)
            .getReplicationAPI()
            .replicationStream()
            .logical()
            .withSlotName(database.name())
            .withSlotOption("proto_version", 1)
            .withSlotOption("publication_names", LogicalDatabase.PUBLICATION)
            .withSlotOption("messages", true)
            .start();
    return new MessageLog(database.jdbc(), connection, stream);
  }

  /** All messages of transactions that are committed by now, since the last read. */
  List<String> read() throws SQLException {
    jdbc.sql("select pg_logical_emit_message(false, ?, '', true)").param(END).query(_ -> {});
    var messages = new ArrayList<String>();
    while (true) {
      var change = Objects.requireNonNull(stream.read());
      switch (change.get()) {
        case 'I' -> messages.add(lastColumn(change));
        case 'M' -> {
          change.get(); // whether it belongs to a transaction
          change.getLong(); // its position
          var prefix = text(change);
          if (prefix.equals(END)) {
            return messages;
          }
          if (prefix.equals(PREFIX)) {
            messages.add(bytes(change, change.getInt()));
          }
        }
        default -> {} // begins and commits of transactions, and the columns of the table
      }
    }
  }

  /** The server need not keep anything that was read. */
  void confirm() throws SQLException {
    stream.setAppliedLSN(stream.getLastReceiveLSN());
    stream.setFlushedLSN(stream.getLastReceiveLSN());
    stream.forceUpdateStatus();
  }

  @Override
  public void close() throws SQLException {
    stream.close();
    connection.close();
  }

  private static String lastColumn(ByteBuffer insert) {
    insert.getInt(); // the table
    insert.get(); // a new row follows
    int columns = insert.getShort();
    var value = "";
    for (int i = 0; i < columns; i++) {
      if (insert.get() == 't') {
        value = bytes(insert, insert.getInt());
      }
    }
    return value;
  }

  private static String bytes(ByteBuffer source, int length) {
    var bytes = new byte[length];
    source.get(bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Ends with a zero. */
  private static String text(ByteBuffer source) {
    int start = source.position();
    int length = 0;
    while (source.get() != 0) {
      length++;
    }
    return new String(source.array(), source.arrayOffset() + start, length, StandardCharsets.UTF_8);
  }
}
