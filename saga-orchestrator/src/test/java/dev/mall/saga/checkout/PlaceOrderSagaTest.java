package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.INSUFFICIENT_FUNDS;
import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.RESERVATION_EXPIRED;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static dev.mall.contracts.values.CancelReason.TOO_MANY_RESERVATIONS;
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
import static dev.mall.saga.engine.SagaScript.saga;
import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPENSATING;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.values.CancelReason;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The place-order saga as scripts: each reply and the command that follows it. */
class PlaceOrderSagaTest extends PlaceOrderScripts {

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
  void cancelsForTheReasonOfTheDecline(DeclineReason declined) {
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
}
