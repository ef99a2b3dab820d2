package dev.mall.contracts;

import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.PaymentMethod;
import org.jspecify.annotations.Nullable;

/** A fact that other services may react to; it has no reply. */
public sealed interface Event extends Message
    permits OrderEvent,
        Event.InventoryEvent,
        Event.PaymentEvent,
        Event.DecisionAwaited,
        ProductChanged {

  /**
   * Distinguishes events of one type that start different sagas; null if all start the same one.
   */
  default @Nullable Enum<?> variant() {
    return null;
  }

  /**
   * Events of inventory-service about orders that no orchestrator checks out. Each is published
   * again whenever the event that caused it comes again.
   */
  sealed interface InventoryEvent extends Event {

    long orderId();

    @Override
    default String key() {
      return Long.toString(orderId());
    }

    /**
     * All lines of the order are held, and it can be paid.
     *
     * @param totalMinor minor units of {@code currency}; above zero
     * @param currency ISO 4217
     */
    record ReservationOpened(
        long orderId, String customerId, long totalMinor, String currency, PaymentMethod method)
        implements InventoryEvent {}

    /** Nothing was held, and nothing is to be paid. */
    record ReservationDenied(long orderId, CancelReason reason) implements InventoryEvent {}

    /** The lines are sold: the order cannot fail any more. */
    record ReservationSold(long orderId) implements InventoryEvent {}

    /** Nothing is held nor sold, nor will be: money that was taken is to be refunded. */
    record ReservationClosed(long orderId, CancelReason reason) implements InventoryEvent {}
  }

  /**
   * Events of payment-service about orders that no orchestrator checks out. Each is published again
   * whenever the event that caused it comes again.
   */
  sealed interface PaymentEvent extends Event {

    long orderId();

    @Override
    default String key() {
      return Long.toString(orderId());
    }

    /** The order's total was taken. */
    record OrderPaid(long orderId) implements PaymentEvent {}

    /** Nothing was taken: the order's reservation is to be released. */
    record OrderUnpaid(long orderId, CancelReason reason) implements PaymentEvent {}

    /** Nothing is taken for this order any more, nor will be. */
    record OrderRefunded(long orderId, CancelReason reason) implements PaymentEvent {}
  }

  /**
   * A participant's transaction has been prepared for longer than a decision should take. The
   * coordinator of the two-phase commit repeats its decision; a coordinator that still waits for
   * this vote takes it as given. Published again until the transaction is decided.
   */
  record DecisionAwaited(long orderId, Participant participant) implements Event {

    /** Whose transaction it is. */
    public enum Participant {
      STOCK,
      PAYMENT
    }

    @Override
    public String key() {
      return Long.toString(orderId);
    }
  }
}
