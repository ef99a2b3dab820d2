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
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A database and a broker that are written one after the other, in either order. */
public final class DualWrite implements Experiment {

  /** The committed orders. */
  private record Orders(List<String> names) {
    @Override
    public String toString() {
      return named(names);
    }
  }

  /** The orders of which the other services know. */
  private record Announced(List<String> names) {
    @Override
    public String toString() {
      return named(names);
    }
  }

  @Override
  public String name() {
    return "delivery/dual-write";
  }

  @Override
  public String title() {
    return "A database and a broker are written one after the other";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A service stores an order and says so to other services. The database and the broker are two systems without a common transaction, and
    between two writes there is always a moment in which the process can end or the second write can fail.

    If the database is written first, an order may be stored of which no other service ever knows: no payment, no parcel, and nothing left in
    memory that would remember it after the restart. If the broker is written first, the transaction may still be rolled back afterwards,
    by a constraint that is checked at the commit, a deadlock, a lost connection: the others act on an order that never existed. A retry
    helps neither: the process that would retry is the one that ended. Sending from within the transaction is the second case in disguise,
    and a listener that runs after the commit is the first.

    A transactional outbox makes one write of the two. The message is a row in the same database, inserted by the same transaction, so it is
    there if and only if the order is. A relay reads the rows, sends them, and forgets each when the broker has acknowledged it. It may crash
    in between and send again, so the outbox delivers at least once, and its consumers have to recognize repeats.
    """;
  }

  @Override
  public String claim() {
    return "The other services know of an order if, and only if, it is stored.";
  }

  @Override
  public String naive() {
    return "The service writes to both: order 1 to the database first, order 2 to Kafka first.";
  }

  @Override
  public String remedy() {
    return "It inserts the message in the order's transaction, and sends what it finds there.";
  }

  @Override
  public String conclusion() {
    return """
    Two systems cannot be written as one, in any order and with any number of retries. Write the message into the database that has the
    state, in its transaction, and let a relay send it at least once.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Outbox takes messages inside a transaction only",
            "common/messaging/src/main/java/dev/mall/messaging/outbox/Outbox.java"),
        Link.to("ADR 4: the outbox and its relay", "docs/adr/0004-outbox-order-and-relay.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "Richardson: Transactional outbox",
            "https://microservices.io/patterns/data/transactional-outbox.html"),
        Link.to(
            "Helland: Life beyond distributed transactions (2007)",
            "https://www.cidrdb.org/cidr2007/papers/cidr07p15.pdf"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var shop = trial.node("shop");
    var database = trial.node("database");
    var kafka = trial.node("Kafka");
    var topic = TrialTopic.create(trial, "orders");
    var service = new Service(half, topic, Transactions.on(trial.database().connections(), trial));

    shop.call(database, "stores order 1 and commits", () -> service.storeAndCommit("order 1"));
    shop.crash("power cut before it sends");
    shop.restart("with an empty memory");
    shop.call(kafka, "sends what it knows of", service::sendWaiting);
    shop.call(database, "stores order 2 of a deleted customer", () -> service.store("order 2"));
    shop.call(
        half.isNaive() ? kafka : database,
        "says that order 2 is placed",
        () -> service.announce("order 2"));
    shop.call(database, "commits", service::commit);
    shop.call(kafka, "sends what it knows of", service::sendWaiting);
    database.step("lists the orders", service::orders);
    kafka.step("lists the orders", () -> new Announced(topic.values()));
  }

  @Override
  public List<Violation> judge(History history) {
    var orders = history.facts(Orders.class).getLast();
    var announced = history.facts(Announced.class).getLast();
    var lost = without(orders.value().names(), announced.value().names());
    var phantoms = without(announced.value().names(), orders.value().names());
    return Stream.concat(
            lost.map("No other service knows of %s, which is stored"::formatted),
            phantoms.map("The other services know of %s, which does not exist"::formatted))
        .map(text -> Violation.of(text, orders, announced))
        .toList();
  }

  private static Stream<String> without(List<String> names, List<String> others) {
    return names.stream().filter(name -> !others.contains(name));
  }

  private static String named(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  /** The shop, whose memory is lost in a crash and whose database is not. */
  private static final class Service {

    private final Half half;
    private final TrialTopic topic;
    private final Transactions transactions;
    private final JdbcClient jdbc;

    private record Row(long number, String message) {}

    Service(Half half, TrialTopic topic, Transactions transactions) throws SQLException {
      this.half = half;
      this.topic = topic;
      this.transactions = transactions;
      this.jdbc = transactions.jdbc();
      jdbc.sql("create table customer (name text primary key)").update();
      jdbc.sql(
              """
              create table customer_order (
                name text primary key,
                customer text not null references customer deferrable initially deferred)
              """)
          .update();
      jdbc.sql(
              """
              create table outbox (
                number bigint generated always as identity primary key, message text not null)
              """)
          .update();
      jdbc.sql("insert into customer values ('Ada')").update();
      commit();
    }

    String storeAndCommit(String order) throws SQLException {
      insert(order, "Ada");
      if (!half.isNaive()) {
        announceInOutbox(order);
      }
      return commit();
    }

    String store(String order) {
      insert(order, "Bob");
      return "not yet committed";
    }

    private void insert(String order, String customer) {
      jdbc.sql("insert into customer_order values (?, ?)").params(order, customer).update();
    }

    String announce(String order) throws Exception {
      if (half.isNaive()) {
        return "at offset " + topic.send(order);
      }
      announceInOutbox(order);
      return "as a row of the transaction";
    }

    private void announceInOutbox(String order) {
      jdbc.sql("insert into outbox (message) values (?)").param(order).update();
    }

    /** The foreign key is checked here, after all else succeeded. */
    String commit() throws SQLException {
      try {
        transactions.commit();
        return "committed";
      } catch (SQLException e) {
        if (!"23503".equals(e.getSQLState())) {
          throw e;
        }
        return "rolled back: the customer is missing";
      }
    }

    /** The relay; without an outbox there is nothing that it could read. */
    String sendWaiting() throws Exception {
      var waiting =
          jdbc.sql("select number, message from outbox order by number")
              .query((row, _) -> new Row(row.getLong("number"), row.getString("message")))
              .list();
      for (var row : waiting) {
        topic.send(row.message());
        jdbc.sql("delete from outbox where number = ?").param(row.number()).update();
      }
      commit();
      return named(waiting.stream().map(Row::message).toList());
    }

    Orders orders() {
      return new Orders(
          jdbc.sql("select name from customer_order order by name")
              .query((row, _) -> row.getString(1))
              .list());
    }
  }
}
