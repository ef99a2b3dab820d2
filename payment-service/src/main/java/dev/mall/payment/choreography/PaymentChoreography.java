package dev.mall.payment.choreography;

import dev.mall.contracts.Event;
import dev.mall.contracts.Event.InventoryEvent.ReservationClosed;
import dev.mall.contracts.Event.InventoryEvent.ReservationOpened;
import dev.mall.contracts.Event.PaymentEvent;
import dev.mall.contracts.Event.PaymentEvent.OrderPaid;
import dev.mall.contracts.Event.PaymentEvent.OrderRefunded;
import dev.mall.contracts.Event.PaymentEvent.OrderUnpaid;
import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentCommand.ChargePayment;
import dev.mall.contracts.PaymentCommand.RefundPayment;
import dev.mall.contracts.PaymentReply;
import dev.mall.contracts.PaymentReply.CaptureRefused;
import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.contracts.PaymentReply.PaymentAuthorized;
import dev.mall.contracts.PaymentReply.PaymentCaptured;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentDeclined;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.PaymentReply.PaymentVoided;
import dev.mall.contracts.PaymentReply.VoidRefused;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import java.util.Optional;
import java.util.Set;

/**
 * Translates inventory-service's events into commands of this service, and its replies into its own
 * events. Pure.
 */
public final class PaymentChoreography {

  /** The events that concern payment-service. */
  public static final Set<Class<? extends Event>> EVENTS =
      Set.of(ReservationOpened.class, ReservationClosed.class);

  private PaymentChoreography() {}

  /** The command to follow. */
  public static Optional<PaymentCommand> command(Event event) {
    return switch (event) {
      case ReservationOpened(var order, var customer, var totalMinor, var currency, var method) ->
          Optional.of(new ChargePayment(key(order, "pay"), customer, totalMinor, currency, method));
      case ReservationClosed(var order, _) -> Optional.of(new RefundPayment(key(order, "refund")));
      default -> throw new IllegalArgumentException("no order is paid because of " + event);
    };
  }

  /**
   * The event to publish; empty if the refund that called the charge off says all.
   *
   * @param cause of the command that was replied to
   */
  public static Optional<PaymentEvent> event(Event cause, PaymentReply reply) {
    long order = reply.step().orderId();
    return switch (reply) {
      case PaymentCharged _ -> Optional.of(new OrderPaid(order));
      case PaymentDeclined(_, var reason) ->
          reasonOf(reason).map(known -> new OrderUnpaid(order, known));
      case PaymentRefunded _ ->
          Optional.of(new OrderRefunded(order, ((ReservationClosed) cause).reason()));
      case PaymentAuthorized _,
          PaymentCaptured _,
          CaptureRefused _,
          PaymentVoided _,
          VoidRefused _ ->
          throw new IllegalArgumentException("no event is followed by " + reply);
    };
  }

  private static Optional<CancelReason> reasonOf(DeclineReason reason) {
    return switch (reason) {
      case INSUFFICIENT_FUNDS -> Optional.of(CancelReason.INSUFFICIENT_FUNDS);
      case NO_WALLET -> Optional.of(CancelReason.NO_WALLET);
      case WRONG_CURRENCY -> Optional.of(CancelReason.WRONG_CURRENCY);
      case CALLED_OFF -> Optional.empty();
    };
  }

  private static StepKey key(long orderId, String step) {
    return new StepKey(orderId, step, 1);
  }
}
