package dev.mall.lab.transactions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;

/** A saga confirms an order that it read a while ago, and that was cancelled since. */
public final class Reread implements Experiment {

  private static final String ORDER =
      """
      create table purchase (status text not null, version int not null);
      insert into purchase values ('PENDING', 1)
      """;

  private static final String ACCOUNT =
      """
      create table account (charged int not null);
      insert into account values (0)
      """;

  private record Order(String status, int version) {
    @Override
    public String toString() {
      return "%s, version %d".formatted(status, version);
    }
  }

  /** The answer to the customer. */
  private record Cancellation(boolean accepted) {
    @Override
    public String toString() {
      return accepted ? "accepted" : "refused";
    }
  }

  private record Confirmation(boolean stored, Order order) {
    @Override
    public String toString() {
      return stored ? order.toString() : "not stored, reads %s".formatted(order);
    }
  }

  private record Charged(int amount) {
    @Override
    public String toString() {
      return "charged " + amount;
    }
  }

  @Override
  public String name() {
    return "transactions/reread";
  }

  @Override
  public String title() {
    return "A saga overwrites a change that it has not seen";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A saga reads a record in its first step and writes it in its last. Between both steps lie messages, other services and perhaps minutes, and
    no database transaction spans them. Here the order is pending when the saga begins. While the payment is charged, the customer cancels, and
    the order service answers that the order is cancelled. Then the saga arrives at its last step and stores the outcome that
    follows from its first reading: confirmed. The customer pays for an order that was cancelled. It is the lost update again, except that no isolation level
    can prevent it.

    The countermeasure is to reread the value in the transaction that writes it, and to write only if it is as it was at the first reading. That is
    one statement with a condition on a version or on the state: `update … where status = 'PENDING'`. If no row matches, the order has
    changed since: the saga reads the record again and decides as if it had found it so, here with a refund. The condition has to be in the same
    statement or under a lock; a SELECT before the UPDATE only narrows the gap. With states that only move forward, the state itself
    serves as the version, and a repeated message finds that it has been handled.
    """;
  }

  @Override
  public String claim() {
    return "An order whose cancellation was accepted stays cancelled, and costs nothing.";
  }

  @Override
  public String naive() {
    return "The last step of the saga stores the outcome that follows from its first reading.";
  }

  @Override
  public String remedy() {
    return "The last step stores it only if the version is that of the first reading, and rereads the order otherwise.";
  }

  @Override
  public String conclusion() {
    return """
    A saga never writes from memory: each step states in its WHERE clause the state that it expects. An update of no row is an
    answer that the saga has to handle.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Only a pending order becomes final; the statement has the condition",
            "order-service/src/main/java/dev/mall/order/settle/OrderStates.java"),
        Link.to(
            "ADR 32: a cancellation that comes too late is a return",
            "docs/adr/0032-a-second-saga-of-an-order.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("Richardson: Pattern: Saga", "https://microservices.io/patterns/data/saga.html"),
        Link.to(
            "Kung and Robinson: On Optimistic Methods for Concurrency Control (1981)",
            "https://doi.org/10.1145/319566.319567"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var saga = trial.node("saga");
    var customer = trial.node("customer");
    var orderService = trial.node("order-service");
    var paymentService = trial.node("payment-service");
    var orders = new Orders(half, DatabaseSession.of(trial, trial.database()));
    var account = new Account(DatabaseSession.of(trial, trial.database()));

    var order = saga.call(orderService, "reads the order", orders::read);
    saga.call(paymentService, "charges 80", account::charge);
    customer.call(orderService, "cancels the order", orders::cancel);
    var outcome = saga.call(orderService, "confirms the order", () -> orders.confirm(order));
    saga.call(paymentService, "settles the payment", () -> account.settle(outcome));
    orderService.step("has at the end", orders::read);
  }

  @Override
  public List<Violation> judge(History history) {
    var end = history.facts(Order.class).getLast();
    var charged = history.facts(Charged.class).getLast();
    return history.facts(Cancellation.class).stream()
        .filter(cancellation -> cancellation.value().accepted())
        .filter(_ -> !end.value().status().equals("CANCELLED") || charged.value().amount() > 0)
        .map(cancellation ->
            Violation.of(
                "The cancellation was accepted, and the order is %s and costs %d"
                    .formatted(end.value().status(), charged.value().amount()),
                cancellation,
                charged,
                end))
        .toList();
  }

  /** The database of order-service. */
  private static final class Orders {

    private final Half half;
    private final DatabaseSession session;

    Orders(Half half, DatabaseSession session) {
      this.half = half;
      this.session = session;
      session.run(ORDER);
    }

    Order read() {
      return session.sql("select status, version from purchase").query(Order.class).single();
    }

    Cancellation cancel() {
      return new Cancellation(stores("CANCELLED", "status = 'PENDING'"));
    }

    Confirmation confirm(Order expected) {
      boolean stored =
          stores("CONFIRMED", half.isNaive() ? "true" : "version = " + expected.version());
      return new Confirmation(stored, read());
    }

    private boolean stores(String status, String condition) {
      return session
              .sql("update purchase set status = :status, version = version + 1 where " + condition)
              .param("status", status)
              .update()
          == 1;
    }
  }

  /** The database of payment-service. */
  private static final class Account {

    private final DatabaseSession session;

    Account(DatabaseSession session) {
      this.session = session;
      session.run(ACCOUNT);
    }

    Charged charge() {
      return set(80);
    }

    Charged settle(Confirmation outcome) {
      return set(outcome.stored() ? 80 : 0);
    }

    private Charged set(int amount) {
      session.sql("update account set charged = :amount").param("amount", amount).update();
      return new Charged(amount);
    }
  }
}
