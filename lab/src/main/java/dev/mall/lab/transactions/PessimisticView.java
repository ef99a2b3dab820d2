package dev.mall.lab.transactions;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Fact;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Node;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Callable;

/** A cancellation refunds first, and the customer spends the refund before it is taken back. */
public final class PessimisticView implements Experiment {

  private static final String WALLET =
      """
      create table wallet (balance int not null);
      insert into wallet values (0)
      """;

  private static final String PARCEL =
      """
      create table parcel (state text not null);
      insert into parcel values ('PACKED')
      """;

  /** The result of a step or compensation. */
  private interface Outcome {
    boolean isDone();
  }

  private record Movement(String text, boolean isDone, int balance) implements Outcome {
    @Override
    public String toString() {
      return "%s, balance %d".formatted(text, balance);
    }
  }

  private record Answer(String text, boolean isDone) implements Outcome {

    static final Answer NOTHING = new Answer("nothing", false);

    @Override
    public String toString() {
      return text;
    }
  }

  private record SagaStep(
      Node participant, Callable<? extends Outcome> action, Callable<? extends Outcome> undo) {}

  @Override
  public String name() {
    return "transactions/pessimistic-view";
  }

  @Override
  public String title() {
    return "A saga gives first, and cannot take back";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A compensation is a transaction like any other, and it may be impossible by the time it runs. A cancellation refunds the customer and then
    calls the parcel back. The carrier refuses, since the parcel has left, so the saga has to take its refund back; but
    between both steps the wallet was in credit, and another order of the same customer has spent it. The wallet falls below zero, or
    the compensation fails and an operator has to ask the customer for the money.

    Nothing is wrong with the single steps; their order is. Every step of a saga changes a value that others can read until the saga ends.
    The steps can be arranged so that this view errs on the safe side: whatever reduces a customer's means comes first, whatever
    increases them comes last, after the step that may still refuse. The literature calls it the pessimistic view. Such a saga has three
    parts: steps that can be compensated, one step that decides, the pivot, and steps behind it that cannot be refused and
    are only repeated until they succeed. A refund belongs behind the pivot, a charge before it. The arrangement costs
    nothing at runtime. It needs no marks in the schema and no retries, so it is the first countermeasure to try.
    """;
  }

  @Override
  public String claim() {
    return "No wallet falls below zero.";
  }

  @Override
  public String naive() {
    return "The cancellation refunds first, calls the parcel back second, and takes the refund back if that is refused.";
  }

  @Override
  public String remedy() {
    return "It calls the parcel back first; the refund, which cannot be refused, comes last.";
  }

  @Override
  public String conclusion() {
    return """
    Order the steps so that a saga which fails has given nothing: reversible steps first, then the pivot, then the steps that only have to be
    repeated. A compensation that another customer can make impossible is a defect of the order.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "CancelOrderSaga refunds only orders whose checkout has ended, and none of its steps may fail",
            "saga-orchestrator/src/main/java/dev/mall/saga/checkout/CancelOrderSaga.java"),
        Link.to("Pivots of the checkout modes", "docs/checkout-modes.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to("Richardson: Pattern: Saga", "https://microservices.io/patterns/data/saga.html"),
        Link.to("Garcia-Molina and Salem: Sagas (1987)", "https://doi.org/10.1145/38713.38742"));
  }

  @Override
  public void run(Half half, Trial trial) throws SQLException {
    var cancellation = trial.node("cancellation");
    var customer = trial.node("customer");
    var payment = trial.node("payment");
    var shipping = trial.node("shipping");
    var wallet = new Wallet(DatabaseSession.of(trial, trial.database()));
    var parcel = new Parcel(DatabaseSession.of(trial, trial.database()));
    var refund = new SagaStep(payment, wallet::refund, wallet::takeBack);
    var callBack = new SagaStep(shipping, parcel::callBack, parcel::sendAgain);
    var first = half.isNaive() ? refund : callBack;
    var second = half.isNaive() ? callBack : refund;

    shipping.step("hands the parcel over", parcel::leave);
    var given = cancellation.call(first.participant(), "takes its first step", first.action());
    customer.call(payment, "pays 80 for another order", wallet::pay);
    var taken =
        onlyIf(
            given.isDone(),
            cancellation,
            "takes its second step",
            second.participant(),
            second.action());
    onlyIf(
        given.isDone() && !taken.isDone(),
        cancellation,
        "compensates",
        first.participant(),
        first.undo());
  }

  /** A step that the saga takes in one half, and has no reason to take in the other. */
  private static Outcome onlyIf(
      boolean isDue, Node saga, String step, Node participant, Callable<? extends Outcome> action) {
    return isDue
        ? saga.call(participant, step, action::call)
        : saga.step(step, () -> Answer.NOTHING);
  }

  @Override
  public List<Violation> judge(History history) {
    var movements = history.facts(Movement.class);
    return movements.stream()
        .filter(movement -> movement.value().balance() < 0)
        .map(overdrawn ->
            Violation.of(
                "The refund was spent before it was taken back, and the balance is %d"
                    .formatted(overdrawn.value().balance()),
                movements.toArray(Fact<?>[]::new)))
        .toList();
  }

  /** The database of payment. */
  private static final class Wallet {

    private final DatabaseSession session;

    Wallet(DatabaseSession session) {
      this.session = session;
      session.run(WALLET);
    }

    Movement refund() {
      return moved("refunded", "update wallet set balance = balance + 80");
    }

    Movement takeBack() {
      return moved("taken back", "update wallet set balance = balance - 80");
    }

    Movement pay() {
      return moved("paid", "update wallet set balance = balance - 80 where balance >= 80");
    }

    private Movement moved(String done, String update) {
      boolean isDone = session.sql(update).update() == 1;
      return new Movement(
          isDone ? done : "declined", isDone, session.number("select balance from wallet"));
    }
  }

  /** The database of shipping. */
  private static final class Parcel {

    private final DatabaseSession session;

    Parcel(DatabaseSession session) {
      this.session = session;
      session.run(PARCEL);
    }

    void leave() {
      changes("LEFT", "PACKED");
    }

    Answer callBack() {
      return changes("CALLED_BACK", "PACKED")
          ? new Answer("called back", true)
          : new Answer("refused: the parcel has left", false);
    }

    Answer sendAgain() {
      return new Answer("packed again", changes("PACKED", "CALLED_BACK"));
    }

    private boolean changes(String to, String from) {
      return session
              .sql("update parcel set state = :to where state = :from")
              .param("to", to)
              .param("from", from)
              .update()
          == 1;
    }
  }
}
