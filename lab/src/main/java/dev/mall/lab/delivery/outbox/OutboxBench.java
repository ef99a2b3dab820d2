package dev.mall.lab.delivery.outbox;

import dev.mall.lab.delivery.Transactions;
import dev.mall.lab.delivery.TrialTopic;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Measures an outbox on a database of its own. */
final class OutboxBench {

  static final int MESSAGES = 1_000;
  private static final String TEXT = "m".repeat(300);
  private static final int ROWS_OF_OTHERS = 8_000; // of 1,900 bytes, so about 16 MiB

  private final Trial trial;
  private final LogicalDatabase database;
  private final JdbcClient jdbc;

  OutboxBench(Trial trial, LogicalDatabase database) {
    this.trial = trial;
    this.database = database;
    this.jdbc = database.jdbc();
    jdbc.sql("create table customer_order (number int primary key)").update();
    jdbc.sql("create table other (text text)").update();
  }

  /**
   * @param commits time of all transactions
   * @param logBytes that all transactions and the relay have written
   * @param tableBytes of the outbox without its index, when the relay is done
   */
  record Costs(Duration commits, Duration relay, long logBytes, long tableBytes) {}

  /** Orders without messages. */
  Costs orders() throws SQLException {
    long before = logPosition();
    var commits = placeOrders(null);
    return new Costs(commits, Duration.ZERO, logPosition() - before, 0);
  }

  /** An order and a message in each transaction, and one round of the relay. */
  Costs costs(OutboxDesign outbox, TrialTopic topic) throws Exception {
    long before = logPosition();
    var commits = placeOrders(outbox);
    awaitIdleServer();
    long start = System.nanoTime();
    int sent = relay(outbox, topic).size();
    var relay = Duration.ofNanos(System.nanoTime() - start);
    if (sent != MESSAGES) {
      throw new IllegalStateException("%d messages, but %d sent".formatted(MESSAGES, sent));
    }
    return new Costs(
        commits, relay, logPosition() - before, number("select pg_relation_size('outbox')"));
  }

  /**
   * The messages that two rounds of a relay send, if the transaction that appends 1 commits after
   * the first round, and the one that appends 2 before.
   */
  String order(OutboxDesign outbox, TrialTopic topic) throws Exception {
    var a = Transactions.on(database.connections(), trial);
    var b = Transactions.on(database.connections(), trial);
    outbox.append(a.jdbc(), "1");
    outbox.append(b.jdbc(), "2");
    b.commit();
    var sent = new ArrayList<>(relay(outbox, topic));
    a.commit();
    awaitIdleServer();
    sent.addAll(relay(outbox, topic));
    var cell = new StringBuilder(String.join(", ", sent));
    for (var message : List.of("1", "2")) {
      if (!sent.contains(message)) {
        cell.append("; ").append(message).append(" is lost");
      }
    }
    return cell.toString();
  }

  long rows() {
    return number("select count(*) from outbox");
  }

  /** The log that the server keeps for this outbox after others have written 16 MiB, in bytes. */
  long logKept() {
    jdbc.sql("insert into other select repeat('x', 1900) from generate_series(1, ?)")
        .param(ROWS_OF_OTHERS)
        .update();
    return database
        .admin()
        .sql(
            """
            select coalesce(max(pg_wal_lsn_diff(pg_current_wal_lsn(), restart_lsn)), 0)
              from pg_replication_slots
             where slot_name = ?
            """)
        .param(database.name())
        .query(Long.class)
        .single();
  }

  private Duration placeOrders(@Nullable OutboxDesign outbox) throws SQLException {
    var shop = Transactions.on(database.connections(), trial);
    long start = System.nanoTime();
    for (int order = 1; order <= MESSAGES; order++) {
      shop.jdbc().sql("insert into customer_order values (?)").param(order).update();
      if (outbox != null) {
        outbox.append(shop.jdbc(), TEXT);
      }
      shop.commit();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  /** The server has transactions of its own, which a position by transaction waits for. */
  private void awaitIdleServer() throws InterruptedException {
    trial.await("the server's own transactions end", () -> OutboxCursor.isServerIdle(jdbc));
  }

  private static List<String> relay(OutboxDesign outbox, TrialTopic topic) throws Exception {
    var messages = outbox.read();
    topic.sendAll(messages);
    outbox.forget();
    return messages;
  }

  private long logPosition() {
    return number("select pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')");
  }

  private long number(String query) {
    return jdbc.sql(query).query(Long.class).single();
  }
}
