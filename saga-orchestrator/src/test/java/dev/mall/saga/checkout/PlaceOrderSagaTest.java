package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.INSUFFICIENT_FUNDS;
import static dev.mall.contracts.values.CancelReason.OPERATOR;
import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.RESERVATION_EXPIRED;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static dev.mall.contracts.values.CancelReason.TOO_MANY_RESERVATIONS;
import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.commitRefused;
import static dev.mall.saga.checkout.Replies.customerNotified;
import static dev.mall.saga.checkout.Replies.orderSettled;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.paymentDeclined;
import static dev.mall.saga.checkout.Replies.paymentRefunded;
import static dev.mall.saga.checkout.Replies.releaseRefused;
import static dev.mall.saga.checkout.Replies.reservationCommitted;
import static dev.mall.saga.checkout.Replies.reservationReleased;
import static dev.mall.saga.checkout.Replies.reserveRefused;
import static dev.mall.saga.checkout.Replies.settlementRefused;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static dev.mall.saga.checkout.Replies.tooManyReservations;
import static dev.mall.saga.engine.OperatorAction.COMPENSATE;
import static dev.mall.saga.engine.OperatorAction.RETRY;
import static dev.mall.saga.engine.OperatorAction.SETTLE;
import static dev.mall.saga.engine.SagaScript.ID;
import static dev.mall.saga.engine.SagaScript.saga;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPENSATING;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static dev.mall.saga.engine.TimelineEntry.What.ANSWERED_LATE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.contracts.Command;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.values.CancelReason;
import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.OperatorAction.Refusal;
import dev.mall.saga.engine.SagaScript;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.StepTimes;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PlaceOrderSagaTest {

  private final SagaDefinition<OrderPlaced> placeOrder = PlaceOrderSaga.version1(Map.of());
  private final OrderPlaced order = anOrder(ID);

  @Test
  void confirmsAnOrderWhoseEveryStepIsDone() {
    saga(placeOrder)
        .starts(order)
        .sends(
            ReserveStock.class,
            reserve -> {
              assertThat(reserve.customerId()).isEqualTo("ada");
              assertThat(reserve.lines()).containsExactly(new Line("tea", 2));
            })
        .on(stockReserved())
        .sends(
            ChargePayment.class,
            charge -> assertThat(charge.totalMinor()).isEqualTo(order.totalMinor()))
        .on(paymentCharged())
        .sends(CommitReservation.class)
        .on(reservationCommitted())
        .sends(ConfirmOrder.class)
        .on(orderSettled())
        .sends(NotifyCustomer.class, news -> assertThat(news.reason()).isNull())
        .on(customerNotified())
        .ends(COMPLETED);
  }

  @Test
  void cancelsAtOnceWhenTheStockIsShort() { // a clear no: there is nothing to undo
    started()
        .on(outOfStock())
        .sends(CancelOrder.class, cancel -> assertThat(cancel.reason()).isEqualTo(OUT_OF_STOCK))
        .on(orderSettled())
        .sends(NotifyCustomer.class, news -> assertThat(news.reason()).isEqualTo(OUT_OF_STOCK))
        .on(customerNotified())
        .ends(COMPENSATED);
  }

  @Test
  void cancelsAtOnceWhenTheCustomerHoldsTooMuchUnpaid() {
    started()
        .on(tooManyReservations())
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(TOO_MANY_RESERVATIONS))
        .on(orderSettled())
        .sends(NotifyCustomer.class)
        .on(customerNotified())
        .ends(COMPENSATED);
  }

  @Test
  void releasesTheStockWhenPaymentIsDeclined() { // a clear no: nothing of the payment to undo
    reserved()
        .on(paymentDeclined(DeclineReason.INSUFFICIENT_FUNDS))
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(INSUFFICIENT_FUNDS))
        .on(orderSettled())
        .sends(NotifyCustomer.class)
        .on(customerNotified())
        .ends(COMPENSATED);
  }

  @ParameterizedTest
  @EnumSource
  void tellsWhyThePaymentWasDeclined(DeclineReason declined) {
    var expected =
        switch (declined) {
          case INSUFFICIENT_FUNDS -> CancelReason.INSUFFICIENT_FUNDS;
          case NO_WALLET -> CancelReason.NO_WALLET;
          case WRONG_CURRENCY -> CancelReason.WRONG_CURRENCY;
          case CALLED_OFF -> CancelReason.TIMED_OUT;
        };

    reserved()
        .on(paymentDeclined(declined))
        .on(reservationReleased())
        .sends(CancelOrder.class, cancel -> assertThat(cancel.reason()).isEqualTo(expected));
  }

  @Test
  void givesTheMoneyBackBeforeTheStockWhenTheCommitIsRefused() {
    paid()
        .on(commitRefused())
        .sends(RefundPayment.class)
        .on(paymentRefunded())
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(RESERVATION_EXPIRED))
        .on(orderSettled())
        .sends(NotifyCustomer.class)
        .on(customerNotified())
        .ends(COMPENSATED);
  }

  @Test
  void asksAgainWithTheSameMessageWhenNoAnswerComes() {
    started()
        .onDeadline()
        .sendsAgain(ReserveStock.class)
        .is(saga -> assertThat(saga.current().attempt()).isEqualTo(2))
        .is(saga -> assertThat(saga.condition().overdue()).isTrue())
        .on(stockReserved())
        .sends(ChargePayment.class)
        .is(saga -> assertThat(saga.condition().overdue()).isFalse());
  }

  @Test
  void ignoresATimerThatRingsTooEarly() {
    started().justBeforeTheDeadline().nothingHappens();
  }

  @Test
  void undoesAReservationThatIsInDoubt() {
    unanswered(started(), ReserveStock.class)
        .onDeadline()
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, cancel -> assertThat(cancel.reason()).isEqualTo(TIMED_OUT));
  }

  @Test
  void undoesAPaymentThatIsInDoubtAndThenTheReservation() {
    unanswered(reserved(), ChargePayment.class)
        .onDeadline()
        .sends(RefundPayment.class)
        .on(paymentRefunded())
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, cancel -> assertThat(cancel.reason()).isEqualTo(TIMED_OUT));
  }

  @Test
  void leavesALateChargeToTheRefundThatWasAskedFor() {
    unanswered(reserved(), ChargePayment.class)
        .onDeadline()
        .sends(RefundPayment.class)
        .onLate("pay", 1, paymentCharged())
        .isOnlyTold(ANSWERED_LATE)
        .on(paymentRefunded())
        .sends(ReleaseReservation.class);
  }

  @Test
  void asksForThePivotForEverAndNeverUndoesIt() {
    var script = paid();
    for (int attempt = 1; attempt <= 500; attempt++) {
      script.onDeadline().sendsAgain(CommitReservation.class);
    }

    script
        .is(saga -> assertThat(saga.state()).isEqualTo(RUNNING))
        .is(saga -> assertThat(saga.condition().overdue()).isTrue());
    assertThat(script.untilDeadline()).isBetween(ofSeconds(48), ofSeconds(72));
    script.on(reservationCommitted()).sends(ConfirmOrder.class);
  }

  @Test
  void asksForACompensationForEver() {
    var script = reserved().on(paymentDeclined(DeclineReason.NO_WALLET));
    for (int attempt = 1; attempt <= 500; attempt++) {
      script.onDeadline().sendsAgain(ReleaseReservation.class);
    }

    script
        .is(saga -> assertThat(saga.state()).isEqualTo(COMPENSATING))
        .is(saga -> assertThat(saga.condition().overdue()).isTrue())
        .on(reservationReleased())
        .sends(CancelOrder.class);
  }

  @Test
  void usesUpNoAttemptInAnOutage() {
    var script = started();
    for (int hour = 1; hour <= 500; hour++) {
      script.onDeadlineInAnOutage().nothingHappens();
    }

    script
        .is(saga -> assertThat(saga.current().attempt()).isOne())
        .is(saga -> assertThat(saga.condition().overdue()).isTrue());
    assertThat(script.untilDeadline()).isBetween(ofSeconds(8), ofSeconds(12));
    script.on(stockReserved()).sends(ChargePayment.class);
  }

  @Test
  void changesNothingWhenAnAnswerComesTwice() {
    reserved()
        .onLate("reserve", 1, stockReserved())
        .nothingHappens()
        .onLate("reserve", 1, outOfStock())
        .nothingHappens()
        .onLate("pay", 2, paymentCharged())
        .nothingHappens()
        .on(paymentCharged())
        .sends(CommitReservation.class);
  }

  @Test
  void changesNothingWhenTheOrderIsAnnouncedAgain() {
    reserved()
        .startsAgain(order)
        .nothingHappens()
        .on(paymentCharged())
        .sends(CommitReservation.class);
  }

  @Test
  void asksAnewInANewRoundAndIgnoresTheOldOne() {
    reserved()
        .onAct(RETRY)
        .sends(ChargePayment.class, charge -> assertThat(charge.step().round()).isEqualTo(2))
        .onLate("pay", 1, paymentCharged())
        .isOnlyTold(ANSWERED_LATE)
        .onLate("pay", 1, paymentDeclined(DeclineReason.INSUFFICIENT_FUNDS))
        .isOnlyTold(ANSWERED_LATE)
        .on(paymentCharged())
        .sends(CommitReservation.class)
        .is(saga -> assertThat(saga.progress().inDoubt()).isEmpty());
  }

  @Test
  void undoesAnEarlierRoundThoughTheLaterOneWasRefused() { // the first may be done yet
    reserved()
        .onAct(RETRY)
        .on(paymentDeclined(DeclineReason.INSUFFICIENT_FUNDS))
        .sends(RefundPayment.class)
        .on(paymentRefunded())
        .sends(ReleaseReservation.class);
  }

  @Test
  void retriesWhatIsParked() {
    paid()
        .onDeadLetterOfTheCommand()
        .isParked()
        .onAct(RETRY)
        .sends(CommitReservation.class)
        .is(saga -> assertThat(saga.condition().parked()).isNull())
        .on(reservationCommitted())
        .sends(ConfirmOrder.class);
  }

  @Test
  void callsAnOrderOffBeforeThePivot() {
    reserved()
        .onAct(COMPENSATE)
        .sends(RefundPayment.class)
        .on(paymentRefunded())
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, cancel -> assertThat(cancel.reason()).isEqualTo(OPERATOR))
        .refuses(COMPENSATE, Refusal.COMPENSATING);
  }

  @Test
  void callsNothingOffFromThePivotOn() {
    paid().refuses(COMPENSATE, Refusal.PIVOT_ASKED);
    committed().refuses(COMPENSATE, Refusal.PIVOT_PASSED);
  }

  @Test
  void goesOnFromAStepThatWasDoneByHand() {
    reserved()
        .refuses(SETTLE, "reserve", null, Refusal.MOVED)
        .onAct(SETTLE, "pay", null)
        .sends(CommitReservation.class)
        .onLate("pay", 1, paymentDeclined(DeclineReason.NO_WALLET))
        .nothingHappens()
        .on(commitRefused())
        .sends(RefundPayment.class);
    committed().on(orderSettled()).onAct(SETTLE, "notify", 1).ends(COMPLETED);
  }

  @Test
  void takesOneActOnWhatTheOperatorSaw() {
    reserved()
        .onAct(RETRY, "pay", 1)
        .sends(ChargePayment.class)
        .refuses(RETRY, "pay", 1, Refusal.MOVED)
        .refuses(COMPENSATE, "pay", 1, Refusal.MOVED);
  }

  @Test
  void refusesEveryActOnceItHasEnded() {
    var completed = committed().on(orderSettled()).on(customerNotified()).ends(COMPLETED);

    for (var act : OperatorAction.values()) {
      completed.refuses(act, Refusal.ENDED);
    }
  }

  @Test
  void waitsAtAPausedStepWithoutATimer() {
    started()
        .pausing("pay")
        .on(stockReserved())
        .isHeldAt("pay")
        .refuses(RETRY, Refusal.PAUSED)
        .resuming("pay")
        .sends(ChargePayment.class)
        .is(saga -> assertThat(saga.current().attempt()).isOne())
        .on(paymentCharged())
        .sends(CommitReservation.class);
  }

  @Test
  void finishesWhatWasAskedForBeforeThePauseAndAsksNoMore() {
    reserved()
        .pausing("pay")
        .onDeadline()
        .nothingHappens()
        .is(saga -> assertThat(saga.current().attempt()).isOne())
        .on(paymentCharged())
        .sends(CommitReservation.class);
  }

  @Test
  void waitsAtAPausedCompensation() {
    reserved()
        .pausing("release")
        .on(paymentDeclined(DeclineReason.NO_WALLET))
        .isHeldAt("release")
        .resuming("release")
        .sends(ReleaseReservation.class);
  }

  @Test
  void waitsAtAPausedFirstStepAndCanBeCalledOffThere() {
    saga(placeOrder)
        .pausing("reserve")
        .starts(order)
        .isHeldAt("reserve")
        .onAct(COMPENSATE)
        .sends(CancelOrder.class); // nothing was asked for, so there is nothing to undo
  }

  @Test
  void callsOffWhatIsHeldAtThePivot() {
    reserved()
        .pausing("commit")
        .on(paymentCharged())
        .isHeldAt("commit")
        .onAct(COMPENSATE)
        .sends(RefundPayment.class);
  }

  @Test
  void staysAsItEndedWhateverComes() {
    var completed = committed().on(orderSettled()).on(customerNotified()).ends(COMPLETED);

    completed.startsAgain(order).nothingHappens();
    completed.onLate("commit", 1, commitRefused()).nothingHappens();
    completed.on(customerNotified()).nothingHappens();
    completed.onDeadLetterOfTheCommand().nothingHappens().ends(COMPLETED);
  }

  @Test
  void parksWhenAConfirmationIsRefusedUntilALateAnswer() {
    committed()
        .on(settlementRefused())
        .isParked()
        .is(saga -> assertThat(saga.state()).isEqualTo(RUNNING))
        .on(settlementRefused())
        .nothingHappens()
        .on(orderSettled())
        .sends(NotifyCustomer.class)
        .is(saga -> assertThat(saga.condition().parked()).isNull());
  }

  @Test
  void parksWhenAReleaseIsRefused() {
    reserved()
        .on(paymentDeclined(DeclineReason.NO_WALLET))
        .on(releaseRefused())
        .isParked()
        .is(saga -> assertThat(saga.state()).isEqualTo(COMPENSATING));
  }

  @Test
  void parksWhenACancellationIsRefused() {
    started().on(outOfStock()).on(settlementRefused()).isParked();
  }

  @Test
  void parksWhenAStepRefusesThatMustNot() {
    committed().on(outOfStock()).isParked();
  }

  @Test
  void parksWhenItsCommandIsDeadLetteredUntilALateAnswer() {
    reserved()
        .onDeadLetterOfTheCommand()
        .isParked()
        .onDeadLetterOfItsReply()
        .nothingHappens()
        .on(paymentCharged())
        .sends(CommitReservation.class)
        .is(saga -> assertThat(saga.condition().parked()).isNull());
  }

  @Test
  void undoesWhatWasDoneWhenALateRefusalFindsItParked() {
    reserved()
        .onDeadLetterOfTheCommand()
        .on(paymentDeclined(DeclineReason.INSUFFICIENT_FUNDS))
        .sends(ReleaseReservation.class)
        .is(saga -> assertThat(saga.condition().parked()).isNull());
  }

  @Test
  void parksWhenTheAnswerIsDeadLettered() {
    paid().onDeadLetterOfItsReply().isParked();
  }

  @Test
  void doesNotParkForTheDeadLetterOfAnotherStep() {
    reserved().onDeadLetter(UUID.randomUUID(), null).nothingHappens();
    reserved().onDeadLetter(null, UUID.randomUUID()).nothingHappens();
    reserved().onDeadLetter(null, null).nothingHappens();
  }

  @Test
  void cancelsAnOrderThatWasGivenUpBefore() {
    started()
        .on(reserveRefused())
        .sends(CancelOrder.class, cancel -> assertThat(cancel.reason()).isEqualTo(TIMED_OUT));
  }

  @Test
  void takesOtherTimesFromConfiguration() {
    var times = Map.of("reserve", new StepTimes(ofSeconds(100), ofSeconds(150)));

    var script = saga(PlaceOrderSaga.version1(times)).starts(order);

    assertThat(script.untilDeadline()).isBetween(ofSeconds(80), ofSeconds(120));
    script.onDeadline().sendsAgain(ReserveStock.class).onDeadline().sends(ReleaseReservation.class);
    assertThat(script.untilDeadline()).isBetween(ofSeconds(80), ofSeconds(120));
  }

  @Test
  void givesACompensationTimesOfItsOwn() {
    var times =
        Map.of(
            "reserve", new StepTimes(ofSeconds(100), null),
            "release", new StepTimes(ofSeconds(1), null));

    var script =
        saga(PlaceOrderSaga.version1(times))
            .starts(order)
            .on(stockReserved())
            .on(paymentDeclined(DeclineReason.NO_WALLET))
            .sends(ReleaseReservation.class);

    assertThat(script.untilDeadline()).isLessThan(ofSeconds(2));
  }

  @Test
  void refusesTimesForAStepThatItDoesNotHave() {
    var times = Map.of("ship", new StepTimes(ofSeconds(1), null));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PlaceOrderSaga.version1(times))
        .withMessageContaining("ship");
  }

  private SagaScript<OrderPlaced> started() {
    return saga(placeOrder).starts(order).sends(ReserveStock.class);
  }

  private SagaScript<OrderPlaced> reserved() {
    return started().on(stockReserved()).sends(ChargePayment.class);
  }

  private SagaScript<OrderPlaced> paid() {
    return reserved().on(paymentCharged()).sends(CommitReservation.class);
  }

  private SagaScript<OrderPlaced> committed() {
    return paid().on(reservationCommitted()).sends(ConfirmOrder.class);
  }

  /** Ten minutes in all: after 10, 20 and 40 seconds, then once a minute. */
  private static SagaScript<OrderPlaced> unanswered(
      SagaScript<OrderPlaced> script, Class<? extends Command> asked) {
    for (int attempt = 2; attempt <= 12; attempt++) {
      script.onDeadline().sendsAgain(asked);
    }
    return script;
  }
}
