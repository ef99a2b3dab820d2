package dev.mall.notification;

import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.NotificationCommand.NotifyCustomer;
import dev.mall.contracts.NotificationCommand.NotifyOfReturn;
import dev.mall.contracts.values.CancelReason;
import dev.mall.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A notification of a customer about the outcome of an order.
 *
 * @param reason why the order was cancelled; null if it was not
 */
record Notification(
    long orderId,
    OrderOutcome outcome,
    String customerId,
    Money total,
    @Nullable CancelReason reason) {

  static Notification of(NotificationCommand command) {
    long order = command.step().orderId();
    return switch (command) {
      case NotifyCustomer(_, var customer, var totalMinor, var currency, var reason) ->
          new Notification(
              order,
              reason == null ? OrderOutcome.CONFIRMED : OrderOutcome.CANCELLED,
              customer,
              Money.of(totalMinor, currency),
              reason);
      case NotifyOfReturn(_, var customer, var totalMinor, var currency) ->
          new Notification(
              order, OrderOutcome.RETURNED, customer, Money.of(totalMinor, currency), null);
    };
  }

  /** The identity of a notification: a customer gets each once. */
  record Key(long orderId, OrderOutcome outcome) {}

  Key key() {
    return new Key(orderId, outcome);
  }

  boolean contradicts(Key other) {
    return other.orderId() == orderId && outcome.contradicts(other.outcome());
  }

  String title() {
    return switch (outcome) {
      case CONFIRMED -> "Your order %d is confirmed".formatted(orderId);
      case CANCELLED -> "Your order %d was cancelled".formatted(orderId);
      case RETURNED -> "Your order %d was returned".formatted(orderId);
    };
  }

  String text() {
    if (reason != null) {
      return because(reason) + " You pay nothing: if money was taken, it is back with you.";
    }
    return outcome == OrderOutcome.RETURNED
        ? "%s is back in your wallet.".formatted(total)
        : "Thank you! You paid %s.".formatted(total);
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
      case CUSTOMER -> "You cancelled it.";
    };
  }
}
