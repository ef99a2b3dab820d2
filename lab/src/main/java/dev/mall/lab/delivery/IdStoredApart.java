package dev.mall.lab.delivery;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A consumer that recognizes repeats, and loses the first delivery. */
public final class IdStoredApart implements Experiment {

  /** An order that Kafka has acknowledged. */
  private record Sent(String order) {
    @Override
    public String toString() {
      return order;
    }
  }

  /** The charges in the database. */
  private record Charges(List<String> orders) {
    @Override
    public String toString() {
      return orders.isEmpty() ? "none" : String.join(", ", orders);
    }
  }

  @Override
  public String name() {
    return "delivery/id-stored-apart";
  }

  @Override
  public String title() {
    return "The id of a message is stored apart from its effect";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A consumer that recognizes repeats has a set of ids that it has seen. It is tempting to keep this set in a place of its own: in Redis by
    `SET NX` with an expiry, in a filter before the listener, or in a transaction of its own. The set and the effect are then again
    two writes, and a crash between them leaves one undone.

    If the id is stored first, the crash leaves an id without an effect. The next delivery is taken for a repeat and skipped: the protection
    against handling a message twice has made it at most once. If the effect comes first, the crash leaves an effect without an id, and the
    next delivery has it again: the protection fails in the one case that it was made for. Both work for as long as nothing
    crashes, so tests that deliver a message twice pass.

    The id belongs into the transaction of the effect, where both exist or neither does. An effect that is not in a database, such as a call
    of a payment provider, has no such transaction. There the id has to travel with the call, as an idempotency key, and the provider
    keeps it together with the payment.
    """;
  }

  @Override
  public String claim() {
    return "Each order that was sent is charged exactly once.";
  }

  @Override
  public String naive() {
    return "The consumer commits the order's id, and then charges in another transaction.";
  }

  @Override
  public String remedy() {
    return "One transaction has the id and the charge.";
  }

  @Override
  public String conclusion() {
    return """
    A set of seen ids protects an effect only from within its transaction. Kept elsewhere, it turns at least once into at most once, or
    does nothing, depending on the order of the writes.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ReplyLog runs in the transaction that decides",
            "common/messaging/src/main/java/dev/mall/messaging/idempotency/ReplyLog.java"),
        Link.to("ADR 5: stored decisions", "docs/adr/0005-stored-decisions.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Helland: Idempotence is not a medical condition (2012)",
            "https://doi.org/10.1145/2160718.2160734"),
        Link.to(
            "Richardson: Idempotent consumer",
            "https://microservices.io/patterns/communication-style/idempotent-consumer.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var shop = trial.node("shop");
    var kafka = trial.node("Kafka");
    var payments = trial.node("payments");
    var database = trial.node("database");
    var topic = TrialTopic.create(trial, "orders");
    var connections = trial.database().connections();
    var jdbc = JdbcClient.create(connections);
    jdbc.sql("create table seen (id text primary key)").update();
    jdbc.sql("create table charge (customer_order text)").update();

    shop.call(kafka, "sends an order", () -> sent(topic, "order 1"));
    var consumer = topic.reader("payments");
    var first = new Handling(half, consumer, connections, trial);
    payments.call(kafka, "polls", first::poll);
    payments.call(database, "stores the id", first::storeId);
    payments.crash("power cut before it charges");
    database.step("rolls back what is not committed", first.transactions::loseConnection);
    payments.restart("begins at the committed offset");
    var second = new Handling(half, topic.reader("payments"), connections, trial);
    payments.call(kafka, "polls", second::poll);
    payments.call(database, "stores the id", second::storeId);
    payments.call(database, "charges unless it was seen, and commits", second::charge);
    payments.call(database, "lists the charges", () -> charges(jdbc));
  }

  @Override
  public List<Violation> judge(History history) {
    var charges = history.facts(Charges.class).getLast();
    return history.facts(Sent.class).stream()
        .filter(sent -> count(charges.value().orders(), sent.value().order()) != 1)
        .map(sent ->
            Violation.of(
                "%d charges for %s, which was sent"
                    .formatted(
                        count(charges.value().orders(), sent.value().order()),
                        sent.value().order()),
                sent,
                charges))
        .toList();
  }

  private static long count(List<String> orders, String order) {
    return orders.stream().filter(order::equals).count();
  }

  private static Sent sent(TrialTopic topic, String order) throws Exception {
    topic.send(order);
    return new Sent(order);
  }

  private static Charges charges(JdbcClient jdbc) {
    return new Charges(
        jdbc.sql("select customer_order from charge").query((row, _) -> row.getString(1)).list());
  }

  /** One delivery of an order. */
  private static final class Handling {

    private final Half half;
    private final TopicReader records;
    private final Transactions transactions;
    private String order = "";
    private boolean isNew;

    Handling(Half half, TopicReader records, DataSource connections, Trial trial)
        throws SQLException {
      this.half = half;
      this.records = records;
      this.transactions = Transactions.on(connections, trial);
    }

    String poll() {
      order = records.poll().getFirst();
      return order;
    }

    String storeId() throws SQLException {
      isNew =
          transactions
                  .jdbc()
                  .sql("insert into seen values (?) on conflict do nothing")
                  .param(order)
                  .update()
              == 1;
      if (half.isNaive()) {
        transactions.commit();
      }
      return isNew ? "it is new" : "it was seen";
    }

    String charge() throws SQLException {
      if (isNew) {
        transactions.jdbc().sql("insert into charge values (?)").param(order).update();
      }
      transactions.commit();
      return isNew ? "charged" : "skipped";
    }
  }
}
