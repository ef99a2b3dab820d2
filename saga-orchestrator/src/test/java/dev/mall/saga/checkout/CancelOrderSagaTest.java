package dev.mall.saga.checkout;

import static dev.mall.saga.checkout.Replies.customerNotified;
import static dev.mall.saga.checkout.Replies.orderSettled;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.paymentRefunded;
import static dev.mall.saga.checkout.Replies.reservationReleased;
import static dev.mall.saga.checkout.Replies.settlementRefused;
import static dev.mall.saga.engine.SagaScript.saga;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.RestockRefused;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationCommand.NotifyOfReturn;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.ReturnRequested;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.values.CancelReason;
import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.SagaScript;
import org.junit.jupiter.api.Test;

/** The return of a confirmed order, and the call-off of one that is not confirmed yet. */
class CancelOrderSagaTest extends PlaceOrderScripts {

  private static final ReturnRequested RETURN =
      new ReturnRequested(SagaScript.ID, "ada", 2_000, "EUR");
  private static final CancellationRequested CALL_OFF = new CancellationRequested(SagaScript.ID);

  @Test
  void refundsRestocksMarksAndNotifies() {
    returning()
        .on(paymentRefunded())
        .sends(RestockOrder.class)
        .on(OrderRestocked::new)
        .sends(ReturnOrder.class)
        .on(orderSettled())
        .sends(NotifyOfReturn.class, news -> assertThat(news.totalMinor()).isEqualTo(2_000))
        .on(customerNotified())
        .ends(COMPLETED);
  }

  @Test
  void repeatsEachCommandUntilItIsAnswered() {
    var waiting = returning();
    for (int time = 0; time < 30; time++) {
      waiting.onDeadline().sendsAgain(RefundPayment.class);
    }
    waiting.on(paymentRefunded()).sends(RestockOrder.class);
  }

  @Test
  void parksWhereSomethingWasNotSoldOrNotConfirmed() {
    returning().on(key -> new PaymentRefunded(key, 0)).isParked();
    returning().on(paymentRefunded()).on(RestockRefused::new).isParked();
    returning().on(paymentRefunded()).on(OrderRestocked::new).on(settlementRefused()).isParked();
  }

  @Test
  void cannotBeCompensated() {
    returning().refuses(OperatorAction.COMPENSATE, OperatorAction.Refusal.PIVOT_PASSED);
  }

  @Test
  void ignoresARepeatedStart() {
    returning().startsAgain(RETURN).nothingHappens();
  }

  @Test
  void isPrecededByACompensationBeforeThePivot() {
    reserved()
        .onCallOff(CALL_OFF)
        .sends(RefundPayment.class) // the charge may be under way
        .on(paymentRefunded())
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(CancelReason.CUSTOMER))
        .on(orderSettled())
        .sends(NotifyCustomer.class, n -> assertThat(n.reason()).isEqualTo(CancelReason.CUSTOMER))
        .on(customerNotified())
        .ends(COMPENSATED);
  }

  @Test
  void callsOffOnce() {
    started()
        .onCallOff(CALL_OFF)
        .sends(ReleaseReservation.class)
        .onCallOff(CALL_OFF)
        .nothingHappens();
  }

  @Test
  void callsNothingOffOnceThePivotIsAskedFor() {
    reserved().on(paymentCharged()).onCallOff(CALL_OFF).nothingHappens();
  }

  @Test
  void callsOffAtAPivotThatIsHeldBack() {
    reserved()
        .pausing("commit")
        .on(paymentCharged())
        .isHeldAt("commit")
        .onCallOff(CALL_OFF)
        .sends(RefundPayment.class);
  }

  private static SagaScript<ReturnRequested> returning() {
    return saga(CancelOrderSaga.version1()).starts(RETURN).sends(RefundPayment.class);
  }
}
