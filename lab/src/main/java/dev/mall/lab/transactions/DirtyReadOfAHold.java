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

/** An order is refused because of a hold that another order's saga takes back. */
public final class DirtyReadOfAHold implements Experiment {

  private static final String STOCK =
      """
      create table stock (on_hand int not null check (on_hand >= 0), held int not null default 0, sold int not null default 0);
      insert into stock values (1)
      """;

  private static final String WALLETS =
      """
      create table wallet (customer text primary key, balance int not null);
      insert into wallet values ('a', 10), ('b', 100)
      """;

  private enum Answer {
    RESERVED("reserved"),
    WAITING("waits: the last piece is only held"),
    REFUSED("refused: sold out"),
    CLOSED("nothing: the order is closed");

    private final String text;

    Answer(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private enum Charge {
    CHARGED("charged"),
    DECLINED("declined: 10 in the wallet"),
    NONE("nothing: it holds nothing");

    private final String text;

    Charge(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private record Shelf(int onHand, int sold) {
    @Override
    public String toString() {
      return "%d on hand, %d sold".formatted(onHand, sold);
    }
  }

  @Override
  public String name() {
    return "transactions/dirty-read-of-a-hold";
  }

  @Override
  public String title() {
    return "A saga acts on a step that another saga takes back";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A saga is a sequence of local transactions, each of which commits. It is atomic in the end, because steps are compensated, but it is not
    isolated: between two steps every other transaction sees the database as the last step left it. An order takes the last piece from the
    shelf and then charges the customer. Before the charge is declined, a second order finds the shelf empty and is refused for good. The
    compensation of the first order puts the piece back; the shop has refused a customer who would have paid, and keeps the goods.

    The database cannot help, since each transaction had committed before it was read. The application has to say which of its
    states are preliminary: a semantic lock. The first step does not take the piece, it marks it as held, and the last step of the saga turns the
    mark into a sale or removes it. A reader of the row then has three choices: wait until the mark is gone, refuse as if the piece were
    sold, or ignore the mark. The choice belongs to the business, and each one has a price. Sagas that wait for each other's marks can deadlock, so
    they set them in one order or give up after a time; and a mark has to expire, or a saga that stalls keeps it.
    """;
  }

  @Override
  public String claim() {
    return "An order is refused as sold out only if the piece was sold.";
  }

  @Override
  public String naive() {
    return "The first step takes the piece from the shelf, and its compensation puts it back.";
  }

  @Override
  public String remedy() {
    return "The first step marks the piece as held, and an order that finds only held pieces waits.";
  }

  @Override
  public String conclusion() {
    return """
    Give every preliminary state a name in the schema, such as HELD, PENDING or AUTHORIZED, and decide for each reader whether it waits, refuses or
    reads through. TCC is this countermeasure made into a protocol.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "Stock on hand and stock reserved are two columns; an order for held stock is refused",
            "inventory-service/src/main/java/dev/mall/inventory/stock/StockLevel.java"),
        Link.to("Holds in the modes of the checkout", "docs/checkout-modes.md#which-one"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("Garcia-Molina and Salem: Sagas (1987)", "https://doi.org/10.1145/38713.38742"),
        Link.to("Richardson: Pattern: Saga", "https://microservices.io/patterns/data/saga.html"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var orderA = trial.node("order A");
    var orderB = trial.node("order B");
    var inventory = trial.node("inventory");
    var payment = trial.node("payment");
    var stock = new Stock(half, DatabaseSession.of(trial, trial.database()));
    var wallets = new Wallets(DatabaseSession.of(trial, trial.database()));

    var toA = orderA.call(inventory, "asks for the last piece", stock::reserve);
    var toB = orderB.call(inventory, "asks for the last piece", stock::reserve);
    var chargeOfA = orderA.call(payment, "charges 80", () -> wallets.charge("a", toA));
    orderA.call(inventory, "ends its hold", () -> stock.end(chargeOfA));
    var again = orderB.call(inventory, "asks again if it waits", () -> stock.reserveIf(toB));
    var chargeOfB = orderB.call(payment, "charges 80", () -> wallets.charge("b", again));
    orderB.call(inventory, "ends its hold", () -> stock.end(chargeOfB));
  }

  @Override
  public List<Violation> judge(History history) {
    var shelf = history.facts(Shelf.class).getLast();
    return history.facts(Answer.class).stream()
        .filter(answer -> answer.value() == Answer.REFUSED && shelf.value().sold() == 0)
        .map(refusal ->
            Violation.of(
                "An order was refused as sold out, and the piece was never sold", refusal, shelf))
        .toList();
  }

  /** The database of inventory. */
  private static final class Stock {

    private final Half half;
    private final DatabaseSession session;

    Stock(Half half, DatabaseSession session) {
      this.half = half;
      this.session = session;
      session.run(STOCK);
    }

    Answer reserve() {
      if (changes(
          half.isNaive()
              ? "update stock set on_hand = on_hand - 1 where on_hand > 0"
              : "update stock set held = held + 1 where on_hand > held")) {
        return Answer.RESERVED;
      }
      return session.number("select held from stock") > 0 ? Answer.WAITING : Answer.REFUSED;
    }

    Answer reserveIf(Answer before) {
      return before == Answer.WAITING ? reserve() : Answer.CLOSED;
    }

    Shelf end(Charge charge) {
      switch (charge) {
        case CHARGED -> sell();
        case DECLINED -> release();
        case NONE -> {} // holds nothing
      }
      return session.sql("select on_hand, sold from stock").query(Shelf.class).single();
    }

    private void sell() {
      session.run(
          half.isNaive()
              ? "update stock set sold = sold + 1"
              : "update stock set on_hand = on_hand - 1, held = held - 1, sold = sold + 1");
    }

    private void release() {
      session.run(
          half.isNaive()
              ? "update stock set on_hand = on_hand + 1"
              : "update stock set held = held - 1");
    }

    private boolean changes(String update) {
      return session.sql(update).update() == 1;
    }
  }

  /** The database of payment. */
  private static final class Wallets {

    private final DatabaseSession session;

    Wallets(DatabaseSession session) {
      this.session = session;
      session.run(WALLETS);
    }

    Charge charge(String customer, Answer answer) {
      if (answer != Answer.RESERVED) {
        return Charge.NONE;
      }
      int charged =
          session
              .sql(
                  "update wallet set balance = balance - 80 where customer = :customer and balance >= 80")
              .param("customer", customer)
              .update();
      return charged == 1 ? Charge.CHARGED : Charge.DECLINED;
    }
  }
}
