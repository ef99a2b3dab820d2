package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.paymentDeclined;
import static dev.mall.saga.checkout.Replies.paymentRefunded;
import static dev.mall.saga.checkout.Replies.reservationCommitted;
import static dev.mall.saga.checkout.Replies.reservationReleased;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static dev.mall.saga.engine.SagaScript.saga;
import static dev.mall.saga.engine.SagaState.COMPENSATING;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static dev.mall.saga.engine.TimelineEntry.What.ANSWERED_LATE;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.saga.engine.definition.StepTimes;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps that are not answered in time, and answers that come late. */
class PlaceOrderTimeoutsTest extends PlaceOrderScripts {

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
        .isOnlyRecorded(ANSWERED_LATE)
        .on(paymentRefunded())
        .sends(ReleaseReservation.class);
  }

  @Test
  void resendsThePivotIndefinitelyAndNeverCompensatesIt() {
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
  void resendsACompensationIndefinitely() {
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
}
