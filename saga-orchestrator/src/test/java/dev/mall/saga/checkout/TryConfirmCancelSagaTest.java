package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.INSUFFICIENT_FUNDS;
import static dev.mall.contracts.values.CancelReason.RESERVATION_EXPIRED;
import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.commitRefused;
import static dev.mall.saga.checkout.Replies.customerNotified;
import static dev.mall.saga.checkout.Replies.orderSettled;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.paymentDeclined;
import static dev.mall.saga.checkout.Replies.reservationCommitted;
import static dev.mall.saga.checkout.Replies.reservationReleased;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static dev.mall.saga.engine.SagaScript.ID;
import static dev.mall.saga.engine.SagaScript.saga;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
import dev.mall.contracts.PaymentReply.CaptureRefusal;
import dev.mall.contracts.PaymentReply.CaptureRefused;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentAuthorized;
import dev.mall.contracts.PaymentReply.PaymentCaptured;
import dev.mall.contracts.PaymentReply.PaymentVoided;
import dev.mall.contracts.PaymentReply.VoidRefused;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.saga.engine.SagaScript;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.SagaDefinitions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Try, confirm, cancel as scripts: each reply and the command that follows it. */
class TryConfirmCancelSagaTest {

  private final SagaDefinition<OrderPlaced> definition = TryConfirmCancelSaga.version1(Map.of());
  private final OrderPlaced order = anOrder(ID, 2_000, CheckoutMode.TCC);

  @Test
  void confirmsBothHoldsWhenBothWereGranted() {
    tried()
        .sends(CommitReservation.class)
        .on(reservationCommitted())
        .sends(
            CapturePayment.class,
            capture -> {
              assertThat(capture.totalMinor()).isEqualTo(order.totalMinor());
              assertThat(capture.currency()).isEqualTo(order.currency());
            })
        .on(PaymentCaptured::new)
        .sends(ConfirmOrder.class)
        .on(orderSettled())
        .sends(NotifyCustomer.class, news -> assertThat(news.reason()).isNull())
        .on(customerNotified())
        .ends(COMPLETED);
  }

  @Test
  void cancelsTheStockWhenTheMoneyIsNotGranted() {
    reserved()
        .sends(AuthorizePayment.class)
        .on(paymentDeclined(DeclineReason.INSUFFICIENT_FUNDS))
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(INSUFFICIENT_FUNDS))
        .on(orderSettled())
        .sends(NotifyCustomer.class)
        .on(customerNotified())
        .ends(COMPENSATED);
  }

  @Test
  void triesNoMoneyWhenTheStockIsShort() {
    saga(definition)
        .starts(order)
        .sends(ReserveStock.class)
        .on(outOfStock())
        .sends(CancelOrder.class);
  }

  @Test
  void cancelsBothHoldsWhenThePivotIsRefused() {
    tried()
        .on(commitRefused())
        .sends(VoidPayment.class)
        .on(key -> new PaymentVoided(key, 2_000))
        .sends(ReleaseReservation.class)
        .on(reservationReleased())
        .sends(CancelOrder.class, c -> assertThat(c.reason()).isEqualTo(RESERVATION_EXPIRED));
  }

  @Test
  void parksAfterThePivotWhileTheMoneyCannotBeCaptured() {
    tried()
        .on(reservationCommitted())
        .on(key -> new CaptureRefused(key, CaptureRefusal.INSUFFICIENT_FUNDS))
        .isParked()
        .is(saga -> assertThat(saga.state()).isEqualTo(RUNNING))
        .on(PaymentCaptured::new)
        .sends(ConfirmOrder.class);
  }

  @Test
  void parksWhenAVoidIsRefused() {
    tried().on(commitRefused()).on(VoidRefused::new).isParked();
  }

  @Test
  void parksWhenMoneyWasTakenAtOnce() {
    reserved().on(paymentCharged()).isParked();
  }

  @Test
  void isStartedByOrdersOfItsModeAlone() {
    var placeOrder = PlaceOrderSaga.version1(Map.of());
    var definitions = new SagaDefinitions(List.of(Saga.of(placeOrder), Saga.of(definition)));

    assertThat(definitions.startedBy(order)).isSameAs(definition);
    assertThat(definitions.startedBy(anOrder(8, 2_000, CheckoutMode.SAGA))).isSameAs(placeOrder);
    assertThat(definitions.startedBy(anOrder(9, 2_000, null))).isSameAs(placeOrder);
  }

  private SagaScript<OrderPlaced> reserved() {
    return saga(definition).starts(order).on(stockReserved());
  }

  private SagaScript<OrderPlaced> tried() {
    return reserved().on(PaymentAuthorized::new);
  }
}
