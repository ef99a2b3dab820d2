package dev.mall.notification;

import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.values.CancelReason;
import dev.mall.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A notification of a customer about the outcome of an order.
 *
 * @param reason why the order was cancelled; null if it was confirmed
 */
record Notification(long orderId, String customerId, Money total, @Nullable CancelReason reason) {

  static Notification of(NotifyCustomer command) {
    return new Notification(
        command.step().orderId(),
        command.customerId(),
        Money.of(command.totalMinor(), command.currency()),
        command.reason());
  }

  /** The identity of a notification: a customer gets each once. */
  record Key(long orderId, OrderOutcome outcome) {}

  Key key() {
    return new Key(orderId, outcome());
  }

  /** The key of the contradicting notification. */
  Key opposite() {
    return new Key(orderId, outcome().opposite());
  }

  OrderOutcome outcome() {
    return reason == null ? OrderOutcome.CONFIRMED : OrderOutcome.CANCELLED;
  }

  String title() {
    return switch (outcome()) {
      case CONFIRMED -> "Your order %d is confirmed".formatted(orderId);
      case CANCELLED -> "Your order %d was cancelled".formatted(orderId);
    };
  }

  String text() {
    return reason == null
        ? "Thank you! You paid %s.".formatted(total)
        : because(reason) + " You pay nothing: if money was taken, it is back with you.";
  }

  private String because(CancelReason why) {
    return switch (why) {
      case OUT_OF_STOCK -> "We do not have everything you ordered.";
      case TOO_MANY_RESERVATIONS -> "You have too many orders that are not paid yet.";
      case INSUFFICIENT_FUNDS -> "Your wallet does not cover the total of %s.".formatted(total);
      case NO_WALLET -> "You have no wallet yet to pay the total of %s from.".formatted(total);
      case WRONG_CURRENCY ->
          "The total is %s, and your wallet is kept in another currency.".formatted(total);
      case RESERVATION_EXPIRED -> "The reservation expired, and other customers bought the items.";
      case TIMED_OUT -> "We could not complete it in time.";
      case OPERATOR -> "We had to cancel it.";
    };
  }
}
