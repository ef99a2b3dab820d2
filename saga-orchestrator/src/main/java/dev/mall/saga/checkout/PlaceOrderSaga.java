package dev.mall.saga.checkout;

import static dev.mall.contracts.values.CancelReason.CUSTOMER;
import static dev.mall.contracts.values.CancelReason.OPERATOR;
import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.RESERVATION_EXPIRED;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static dev.mall.contracts.values.CancelReason.TOO_MANY_RESERVATIONS;
import static dev.mall.saga.engine.definition.SagaDefinition.saga;
import static dev.mall.saga.engine.definition.Verdict.advance;
import static dev.mall.saga.engine.definition.Verdict.contradict;
import static dev.mall.saga.engine.definition.Verdict.refuse;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.RestockRefused;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.InventoryReply.TooManyReservations;
import dev.mall.contracts.NotificationReply.CustomerNotified;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent.CancellationRequested;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply.CaptureRefused;
import dev.mall.contracts.PaymentReply.PaymentAuthorized;
import dev.mall.contracts.PaymentReply.PaymentCaptured;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.PaymentReply.PaymentVoided;
import dev.mall.contracts.PaymentReply.VoidRefused;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Reply.TransactionReply;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.definition.RetryPolicy;
import dev.mall.saga.engine.definition.Saga;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.StepTimes;
import dev.mall.saga.engine.definition.Verdict;
import java.util.List;
import java.util.Map;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The checkout: from an order that was placed to one that is confirmed, or cancelled. */
@Configuration(proxyBeanMethods = false)
class PlaceOrderSaga {

  private static final RetryPolicy DOUBLING = new RetryPolicy(2, ofMinutes(1), 0.2);

  /** Every version that has an open saga somewhere. */
  @Bean
  Saga<OrderPlaced> placeOrder(PlaceOrderProperties properties) {
    return new Saga<>(List.of(version1(properties.steps())), properties.version());
  }

  /**
   * @param times other times than those below, by step
   */
  static SagaDefinition<OrderPlaced> version1(Map<String, StepTimes> times) {
    return saga("place-order", 1, OrderPlaced.class, PlaceOrderSaga::verdict)
        .startedOnlyBy(CheckoutMode.SAGA)
        .defaultTimeout(ofSeconds(10), DOUBLING)
        .cancelledByOperatorAs(OPERATOR)
        .calledOffBy(CancellationRequested.class, CUSTOMER)
        .compensatable("reserve", CheckoutCommands::reserve)
        .compensatedBy("release", (key, _) -> new ReleaseReservation(key))
        .giveUpAfter(ofMinutes(10), TIMED_OUT)
        .compensatable("pay", PlaceOrderSaga::charge)
        .compensatedBy("refund", (key, _) -> new RefundPayment(key))
        .giveUpAfter(ofMinutes(10), TIMED_OUT)
        .pivot("commit", (key, _) -> new CommitReservation(key))
        .retriable("confirm", (key, _) -> new ConfirmOrder(key))
        .retriable("notify", CheckoutCommands::notifyOfConfirmation)
        .afterCompensation("cancel", CheckoutCommands::cancel)
        .afterCompensation("notify", CheckoutCommands::notifyOfCancellation)
        .build(times);
  }

  private static Verdict verdict(Reply reply) {
    return switch (reply) {
      case StockReserved _, PaymentCharged _, ReservationCommitted _ -> advance();
      case ReservationReleased _, PaymentRefunded _ -> advance();
      case OrderSettled _, CustomerNotified _ -> advance();
      case OutOfStock(_, var missing) -> refuse(OUT_OF_STOCK, missing);
      case TooManyReservations(_, var limit) ->
          refuse(TOO_MANY_RESERVATIONS, "the customer holds %d".formatted(limit));
      case PaymentDeclined(_, var reason) -> refuse(CheckoutCommands.reasonOf(reason), reason);
      case CommitRefused(_, var missing) -> refuse(RESERVATION_EXPIRED, missing);
      case ReserveRefused _ -> refuse(TIMED_OUT, "called off before");
      case ReleaseRefused _ -> contradict("the stock is sold and cannot be released");
      case OrderRestocked _, RestockRefused _ -> contradict("a reply to another saga");
      case SettlementRefused(_, var why) -> contradict("the order refuses to be settled: " + why);
      case PaymentAuthorized _,
          PaymentCaptured _,
          PaymentVoided _,
          CaptureRefused _,
          VoidRefused _ ->
          contradict("no money was to be held");
      case TransactionReply _ -> contradict("no transaction was to be prepared");
    };
  }

  private static ChargePayment charge(StepKey key, OrderPlaced order) {
    return new ChargePayment(
        key, order.customerId(), order.totalMinor(), order.currency(), order.method());
  }
}
