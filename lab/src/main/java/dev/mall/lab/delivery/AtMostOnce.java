package dev.mall.lab.delivery;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** An offset that is committed before the work, and a crash between the two. */
public final class AtMostOnce implements Experiment {

  /** An order that Kafka has acknowledged. */
  private record Sent(String order, long offset) {
    @Override
    public String toString() {
      return "%s at offset %d".formatted(order, offset);
    }
  }

  private record Polled(List<String> orders) {
    @Override
    public String toString() {
      return String.join(", ", orders);
    }
  }

  /** The charges in the database. */
  private record Charges(List<String> orders) {
    @Override
    public String toString() {
      return String.join(", ", orders);
    }
  }

  @Override
  public String name() {
    return "delivery/at-most-once";
  }

  @Override
  public String title() {
    return "The offset is committed before the work";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A consumer has two things to do with a record: the work, which changes a database, and the commit of its offset, which says to Kafka
    that the record is done. They are two writes to two systems, and no order of them survives a crash in between unharmed. The order
    decides which harm it is.

    Committed first, a record whose work the crash prevented is never delivered again: each record is handled at most once. The consumer
    that runs next begins behind it, no log shows an error, and no metric of lag moves, since the group has read everything. Committed
    last, the record is delivered once more, and work that was done already is done twice: at least once.

    Committing first is seldom written down. It comes with `enable.auto.commit`, where a poll commits what the poll before returned while
    another thread still works on it; with a listener that hands records to an executor and returns; and with an acknowledgement at the
    beginning of the method. A repeat can be recognized by its id, and a loss can not be recognized by anything, so consumers commit after
    the work and are made to bear repeats.
    """;
  }

  @Override
  public String claim() {
    return "Each order that was sent is charged at least once.";
  }

  @Override
  public String naive() {
    return "The consumer commits the offset first and charges the orders second.";
  }

  @Override
  public String remedy() {
    return "It charges first and commits second; the next experiment deals with the order that is charged twice.";
  }

  @Override
  public String conclusion() {
    return """
    Commit the offset when the work is committed in its own store, and not before: turn off automatic commits, and do not return from a
    listener while another thread works. At most once is right only for records whose loss is cheaper than a repeat, such as samples of a
    gauge.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Consumers acknowledge a batch after its transaction",
            "common/messaging/src/main/java/dev/mall/messaging/consumer/BatchConsumer.java"),
        Link.to(
            "The last commit of a silent partition is repeated",
            "common/messaging/src/main/java/dev/mall/messaging/consumer/IdleCommits.java"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Apache Kafka: Message delivery semantics",
            "https://kafka.apache.org/documentation/#semantics"),
        Link.to(
            "Saltzer, Reed and Clark: End-to-end arguments in system design (1984)",
            "https://doi.org/10.1145/357401.357402"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var shop = trial.node("shop");
    var kafka = trial.node("Kafka");
    var payments = trial.node("payments");
    var database = trial.node("database");
    var topic = TrialTopic.create(trial, "orders");
    var jdbc = JdbcClient.create(trial.database().connections());
    jdbc.sql(
            "create table charge (number bigint generated always as identity, customer_order text)")
        .update();

    shop.call(kafka, "sends an order", () -> sent(topic, "order 1"));
    var consumer = new Consumer(topic.reader("payments"), jdbc);
    payments.call(kafka, "polls", consumer::poll);
    if (half.isNaive()) {
      payments.call(kafka, "takes the first of two actions", consumer::commit);
    } else {
      payments.call(database, "takes the first of two actions", consumer::charge);
    }
    payments.crash("power cut");
    shop.call(kafka, "sends an order", () -> sent(topic, "order 2"));
    payments.restart("begins at the committed offset");
    var successor = new Consumer(topic.reader("payments"), jdbc);
    payments.call(kafka, "polls", successor::poll);
    if (half.isNaive()) {
      payments.call(kafka, "takes the first of two actions", successor::commit);
      payments.call(database, "takes the second", successor::charge);
    } else {
      payments.call(database, "takes the first of two actions", successor::charge);
      payments.call(kafka, "takes the second", successor::commit);
    }
    payments.call(database, "lists the charges", () -> charges(jdbc));
  }

  @Override
  public List<Violation> judge(History history) {
    var charges = history.facts(Charges.class).getLast();
    return history.facts(Sent.class).stream()
        .filter(sent -> !charges.value().orders().contains(sent.value().order()))
        .map(sent ->
            Violation.of(
                "No charge is made for %s, which was sent".formatted(sent.value().order()),
                sent,
                charges))
        .toList();
  }

  private static Sent sent(TrialTopic topic, String order) throws Exception {
    return new Sent(order, topic.send(order));
  }

  private static Charges charges(JdbcClient jdbc) {
    return new Charges(
        jdbc.sql("select customer_order from charge order by number")
            .query((row, _) -> row.getString(1))
            .list());
  }

  /** A life of the service, which ends with a crash. */
  private static final class Consumer {

    private final TopicReader records;
    private final JdbcClient jdbc;
    private List<String> polled = List.of();

    Consumer(TopicReader records, JdbcClient jdbc) {
      this.records = records;
      this.jdbc = jdbc;
    }

    Polled poll() {
      polled = records.poll();
      return new Polled(polled);
    }

    String commit() {
      return "commits offset " + records.commit();
    }

    String charge() {
      for (var order : polled) {
        jdbc.sql("insert into charge (customer_order) values (?)").param(order).update();
      }
      return "charges " + String.join(", ", polled);
    }
  }
}
