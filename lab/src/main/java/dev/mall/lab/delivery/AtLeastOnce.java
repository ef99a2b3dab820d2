package dev.mall.lab.delivery;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;
import java.util.Objects;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A crash between the work and the commit of its offset. */
public final class AtLeastOnce implements Experiment {

  /** The reply to one delivery of an order. */
  private record Reply(String order, String text) {
    @Override
    public String toString() {
      return text;
    }
  }

  /** The money that is left once the consumer has caught up. */
  private record Balance(int euros) {
    @Override
    public String toString() {
      return euros + " euros";
    }
  }

  @Override
  public String name() {
    return "delivery/at-least-once";
  }

  @Override
  public String title() {
    return "A crash between the work and the commit repeats the work";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A consumer that commits its offset after the work loses nothing, and repeats the work whenever it ends between the two: by a crash, by a
    deployment, or because a rebalance gave its partition to another consumer while it worked. Producers repeat, too: one whose
    acknowledgement was lost sends again, and a relay sends again what it did not yet mark as sent. So every consumer receives some message
    twice, sooner or later.

    The repeat cannot be prevented, so it has to be recognized. A message has an id that its first sender gave it and that every repeat
    carries. The consumer stores this id in the transaction that has the effect: both are there or neither is. A primary key decides between
    two consumers that handle the same message at the same time.

    To recognize is not enough where the sender waits for a reply. The first reply may be what the crash destroyed, and a consumer that
    skips the repeat in silence leaves its sender waiting. So the reply is stored with the id, and the repeat gets it word for word: the
    balance as it was then, not as it is now. A record's offset is no such id: it recognizes the record, but not a message that its sender
    sent twice.
    """;
  }

  @Override
  public String claim() {
    return "However often an order is delivered, it is charged once, and each delivery has the same reply.";
  }

  @Override
  public String naive() {
    return "The consumer charges, replies and commits the offset, in this order.";
  }

  @Override
  public String remedy() {
    return "The transaction that charges also stores the order's id and the reply; an order that is known gets the stored reply.";
  }

  @Override
  public String conclusion() {
    return """
    Delivery is at least once and the effect is once, if the id of the message is stored in the transaction of the effect. Store the reply
    with it, so that a repeat is answered instead of skipped, and keep both for longer than any sender or operator repeats.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ReplyLog answers a repeated command with the stored reply",
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
            "Apache Kafka: Message delivery semantics",
            "https://kafka.apache.org/documentation/#semantics"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var shop = trial.node("shop");
    var kafka = trial.node("Kafka");
    var payments = trial.node("payments");
    var database = trial.node("database");
    var topic = TrialTopic.create(trial, "orders");
    var account = Account.with(100, trial.database().connections());

    shop.call(kafka, "sends order 1 over 30 euros", () -> "offset " + topic.send("order 1"));
    var consumer = topic.reader("payments");
    var order = payments.call(kafka, "polls", () -> consumer.poll().getFirst());
    payments.call(database, "charges it", () -> account.charge(half, order, 30));
    payments.crash("power cut before it commits the offset");
    payments.restart("begins at the committed offset");
    var successor = topic.reader("payments");
    var repeated = payments.call(kafka, "polls", () -> successor.poll().getFirst());
    payments.call(database, "charges it", () -> account.charge(half, repeated, 30));
    payments.call(kafka, "commits the offset", () -> "offset " + successor.commit());
    payments.call(database, "reads the balance", () -> new Balance(account.balance()));
  }

  @Override
  public List<Violation> judge(History history) {
    var replies = history.facts(Reply.class);
    var balance = history.facts(Balance.class).getLast();
    var first = replies.getFirst();
    return replies.stream()
        .skip(1)
        .filter(reply -> !reply.value().equals(first.value()))
        .map(reply ->
            Violation.of(
                "Two charges for %s: %s, and later %s"
                    .formatted(first.value().order(), first.value(), reply.value()),
                first,
                reply,
                balance))
        .toList();
  }

  private record Account(JdbcClient jdbc, TransactionTemplate transaction) {

    static Account with(int euros, DataSource connections) {
      var jdbc = JdbcClient.create(connections);
      jdbc.sql("create table account (balance int not null)").update();
      jdbc.sql("insert into account values (?)").param(euros).update();
      jdbc.sql("create table reply (customer_order text primary key, reply text not null)")
          .update();
      return new Account(jdbc, new TransactionTemplate(new JdbcTransactionManager(connections)));
    }

    Reply charge(Half half, String order, int euros) {
      return Objects.requireNonNull(
          transaction.execute(
              _ -> half.isNaive() ? charge(order, euros) : chargeOnce(order, euros)));
    }

    private Reply chargeOnce(String order, int euros) {
      return jdbc.sql("select reply from reply where customer_order = ?")
          .param(order)
          .query(String.class)
          .optional()
          .map(stored -> new Reply(order, stored))
          .orElseGet(() -> {
            var reply = charge(order, euros);
            jdbc.sql("insert into reply values (?, ?)").params(order, reply.text()).update();
            return reply;
          });
    }

    private Reply charge(String order, int euros) {
      int left =
          jdbc.sql("update account set balance = balance - ? returning balance")
              .param(euros)
              .query(Integer.class)
              .single();
      return new Reply(order, "%d euros charged, %d are left".formatted(euros, left));
    }

    int balance() {
      return jdbc.sql("select balance from account").query(Integer.class).single();
    }
  }
}
