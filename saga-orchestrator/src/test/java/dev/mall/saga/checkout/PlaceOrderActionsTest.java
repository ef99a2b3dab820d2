package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.OPERATOR;
import static dev.mall.saga.checkout.Replies.commitRefused;
import static dev.mall.saga.checkout.Replies.customerNotified;
import static dev.mall.saga.checkout.Replies.orderSettled;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.paymentDeclined;
import static dev.mall.saga.checkout.Replies.paymentRefunded;
import static dev.mall.saga.checkout.Replies.reservationCommitted;
import static dev.mall.saga.checkout.Replies.reservationReleased;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static dev.mall.saga.engine.OperatorAction.COMPENSATE;
import static dev.mall.saga.engine.OperatorAction.RETRY;
import static dev.mall.saga.engine.OperatorAction.SETTLE;
import static dev.mall.saga.engine.SagaScript.saga;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.TimelineEntry.What.ANSWERED_LATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.OperatorAction.Refusal;
import org.junit.jupiter.api.Test;

/** The operator's actions and pauses at every point of the saga. */
class PlaceOrderActionsTest extends PlaceOrderScripts {

  @Test
  void retriesInANewRoundAndIgnoresTheOldOne() {
    reserved()
        .onAct(RETRY)
        .sends(ChargePayment.class, charge -> assertThat(charge.step().round()).isEqualTo(2))
        .onLate("pay", 1, paymentCharged())
        .isOnlyRecorded(ANSWERED_LATE)
        .onLate("pay", 1, paymentDeclined(DeclineReason.INSUFFICIENT_FUNDS))
        .isOnlyRecorded(ANSWERED_LATE)
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
}
