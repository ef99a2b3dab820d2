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
import dev.mall.contracts.PaymentCommand.AuthorizePayment;
import dev.mall.contracts.PaymentCommand.CapturePayment;
import dev.mall.contracts.PaymentCommand.VoidPayment;
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

/**
 * The checkout by try, confirm, cancel: stock and money are held (try), then both are taken
 * (confirm) or both returned (cancel). No customer sees money that was taken and given back.
 *
 * <p>The confirmation of the stock is the pivot. Its hold ends first, after 30 minutes, so it alone
 * may be refused; the money's is open for 7 days, and a capture that comes still later takes the
 * money from the wallet again. Only if that was spent by then, the saga is parked at {@code
 * capture}, and a new round captures once the wallet is filled.
 */
@Configuration(proxyBeanMethods = false)
class TryConfirmCancelSaga {

  private static final RetryPolicy DOUBLING = new RetryPolicy(2, ofMinutes(1), 0.2);

  /** Every version that has an open saga somewhere. */
  @Bean
  Saga<OrderPlaced> tryConfirmCancel(TryConfirmCancelProperties properties) {
    return new Saga<>(List.of(version1(properties.steps())), properties.version());
  }

  /**
   * @param times other times than those below, by step
   */
  static SagaDefinition<OrderPlaced> version1(Map<String, StepTimes> times) {
    return saga("try-confirm-cancel", 1, OrderPlaced.class, TryConfirmCancelSaga::verdict)
        .startedOnlyBy(CheckoutMode.TCC)
        .defaultTimeout(ofSeconds(10), DOUBLING)
        .cancelledByOperatorAs(OPERATOR)
        .calledOffBy(CancellationRequested.class, CUSTOMER)
        .compensatable("reserve", CheckoutCommands::reserve)
        .compensatedBy("release", (key, _) -> new ReleaseReservation(key))
        .giveUpAfter(ofMinutes(10), TIMED_OUT)
        .compensatable("authorize", TryConfirmCancelSaga::authorize)
        .compensatedBy("void", (key, _) -> new VoidPayment(key))
        .giveUpAfter(ofMinutes(10), TIMED_OUT)
        .pivot("commit", (key, _) -> new CommitReservation(key))
        .retriable("capture", TryConfirmCancelSaga::capture)
        .retriable("confirm", (key, _) -> new ConfirmOrder(key))
        .retriable("notify", CheckoutCommands::notifyOfConfirmation)
        .afterCompensation("cancel", CheckoutCommands::cancel)
        .afterCompensation("notify", CheckoutCommands::notifyOfCancellation)
        .build(times);
  }

  private static Verdict verdict(Reply reply) {
    return switch (reply) {
      case StockReserved _, PaymentAuthorized _ -> advance();
      case ReservationCommitted _, PaymentCaptured _ -> advance();
      case ReservationReleased _, PaymentVoided _ -> advance();
      case OrderSettled _, CustomerNotified _ -> advance();
      case OutOfStock(_, var missing) -> refuse(OUT_OF_STOCK, missing);
      case TooManyReservations(_, var limit) ->
          refuse(TOO_MANY_RESERVATIONS, "the customer holds %d".formatted(limit));
      case PaymentDeclined(_, var reason) -> refuse(CheckoutCommands.reasonOf(reason), reason);
      case CommitRefused(_, var missing) -> refuse(RESERVATION_EXPIRED, missing);
      case ReserveRefused _ -> refuse(TIMED_OUT, "called off before");
      case CaptureRefused(_, var reason) -> contradict("the money cannot be captured: " + reason);
      case VoidRefused _ -> contradict("the money was captured and cannot be voided");
      case ReleaseRefused _ -> contradict("the stock is sold and cannot be released");
      case OrderRestocked _, RestockRefused _ -> contradict("a reply to another saga");
      case SettlementRefused(_, var why) -> contradict("the order refuses to be settled: " + why);
      case PaymentCharged _, PaymentRefunded _ -> contradict("money was to be held first");
      case TransactionReply _ -> contradict("no transaction was to be prepared");
    };
  }

  private static AuthorizePayment authorize(StepKey key, OrderPlaced order) {
    return new AuthorizePayment(
        key, order.customerId(), order.totalMinor(), order.currency(), order.method());
  }

  private static CapturePayment capture(StepKey key, OrderPlaced order) {
    return new CapturePayment(key, order.totalMinor(), order.currency());
  }
}
