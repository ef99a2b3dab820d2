package dev.mall.lab.delivery.outbox;

import dev.mall.lab.delivery.Transactions;
import dev.mall.lab.delivery.TrialTopic;
import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A relay that remembers the number it has reached, and a smaller one that is committed later. */
public final class OutboxGap implements Experiment {

  /** A message that its transaction has committed. */
  private record Committed(String message, long number) {
    @Override
    public String toString() {
      return "message %s has number %d".formatted(message, number);
    }
  }

  /** The messages that are new to the relay. */
  private record Read(List<String> messages) {
    @Override
    public String toString() {
      return named(messages);
    }
  }

  /** All that the topic has. */
  private record Sent(List<String> messages) {
    @Override
    public String toString() {
      return named(messages);
    }
  }

  @Override
  public String name() {
    return "delivery/outbox-gap";
  }

  @Override
  public String title() {
    return "A relay passes the number of a transaction that commits late";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    The rows of an outbox have numbers from a sequence, and a relay that reads them in this order looks as if it needed one variable: the
    number that it has reached. But a transaction draws its number when it inserts the row and shows the row when it commits, and
    transactions do not commit in the order in which they drew. A relay that reads between two commits sees number 2, passes number 1
    without seeing it, and never looks back. Nothing fails, and the message is in the table for as long as the table exists. Timestamps
    instead of numbers have the same gap, and a wider one.

    There are three ways out. The relay deletes what it has sent and always reads from the beginning, as this suite does: a late row is
    simply the first. Or it reads only what can no longer be passed: each row keeps the id of its transaction, PostgreSQL says which is
    the oldest that is still open, and the relay reads below it, ordered by transaction and then by number. The price is that one long
    transaction, in any database of the server, holds all messages back. Or the relay reads the log, where transactions are in the order of
    their commits and nothing appears in between.
    """;
  }

  @Override
  public String claim() {
    return "Each message whose transaction is committed is sent, once no transaction is open.";
  }

  @Override
  public String naive() {
    return "The relay reads the rows above the highest number that it has sent.";
  }

  @Override
  public String remedy() {
    return "It reads rows of transactions older than every open one, ordered by transaction and then by number.";
  }

  @Override
  public String conclusion() {
    return """
    The order of a sequence is not the order of commits, so a position in it cannot be remembered. Delete what is sent and read from the
    start, stay below the oldest open transaction, or read the log; and limit how long a transaction may last in any case.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to("ADR 4: the outbox and its relay", "docs/adr/0004-outbox-order-and-relay.md"),
        Link.to(
            "The scan begins below what an open transaction may still show",
            "common/messaging/src/main/java/dev/mall/messaging/outbox/relay/ScanWatermark.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "PostgreSQL: Transaction ID and snapshot information functions",
            "https://www.postgresql.org/docs/18/functions-info.html#FUNCTIONS-PG-SNAPSHOT"),
        Link.to(
            "PostgreSQL: Sequence manipulation functions",
            "https://www.postgresql.org/docs/18/functions-sequence.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var a = trial.node("shop A");
    var b = trial.node("shop B");
    var database = trial.node("database");
    var relay = trial.node("relay");
    var kafka = trial.node("Kafka");
    var topic = TrialTopic.create(trial, "outbox");
    var outbox = trial.database();
    var jdbc = JdbcClient.create(outbox.connections());
    jdbc.sql(OutboxCursor.TABLE).update();
    var openOfA = Transactions.on(outbox.connections(), trial);
    var openOfB = Transactions.on(outbox.connections(), trial);
    var cursor = half.isNaive() ? OutboxCursor.byNumber(jdbc) : OutboxCursor.byTransaction(jdbc);

    long numberOfA = a.call(database, "appends message A", () -> append(openOfA, "A"));
    long numberOfB = b.call(database, "appends message B", () -> append(openOfB, "B"));
    b.call(database, "commits", () -> commit(openOfB, "B", numberOfB));
    var first = relay.call(database, "reads what is new", () -> new Read(cursor.read()));
    relay.call(kafka, "sends what it read", () -> topic.sendAll(first.messages()));
    a.call(database, "commits", () -> commit(openOfA, "A", numberOfA));
    trial.await("the server's own transactions end", () -> OutboxCursor.isServerIdle(jdbc));
    var second = relay.call(database, "reads what is new", () -> new Read(cursor.read()));
    relay.call(kafka, "sends what it read", () -> topic.sendAll(second.messages()));
    kafka.step("lists its records", () -> new Sent(topic.values()));
  }

  @Override
  public List<Violation> judge(History history) {
    var sent = history.facts(Sent.class).getLast();
    return history.facts(Committed.class).stream()
        .filter(committed -> !sent.value().messages().contains(committed.value().message()))
        .map(committed ->
            Violation.of(
                "Message %s is committed and was not sent: the relay has passed its number %d"
                    .formatted(committed.value().message(), committed.value().number()),
                committed,
                sent))
        .toList();
  }

  private static long append(Transactions shop, String message) {
    return shop.jdbc()
        .sql("insert into outbox (message) values (?) returning number")
        .param(message)
        .query(Long.class)
        .single();
  }

  private static Committed commit(Transactions shop, String message, long number)
      throws SQLException {
    shop.commit();
    return new Committed(message, number);
  }

  private static String named(List<String> messages) {
    return messages.isEmpty() ? "none" : String.join(", ", messages);
  }
}
