package dev.mall.gateway.shop;

import dev.mall.gateway.shop.OrderStep.State;
import dev.mall.gateway.shop.services.CustomerOrders.CustomerOrder;
import dev.mall.gateway.shop.services.CustomerOrders.OrderPayment;
import dev.mall.gateway.shop.services.Part;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An order as its customer sees it move, from the answers of three services.
 *
 * @param cancellation whether its customer asked to cancel it
 * @param notified whether the customer was notified of its status
 */
record OrderProgress(
    CustomerOrder order,
    Part<Boolean> cancellation,
    Part<Optional<OrderPayment>> payment,
    Part<Boolean> notified) {

  /** After this time an order no longer waits for its message, which older ones may hide. */
  private static final Duration MESSAGE_WITHIN = Duration.ofMinutes(2);

  /** Differs whenever the page looks different. */
  public String mark() {
    return Stream.of(
            order.status(),
            cancellation.map(it -> it ? "cancelling" : "kept").or("-"),
            payment.map(it -> it.map(OrderPayment::status).orElse("none")).or("-"),
            notified.map(it -> it ? "notified" : "silent").or("-"))
        .reduce((some, more) -> some + "." + more)
        .orElseThrow();
  }

  /** Whether nothing is expected to change any more. */
  public boolean isAtRest(Instant now) {
    var settled = order.settledAt();
    return !order.isPending()
        && !isReturning()
        && (notified.or(false) || (settled != null && settled.plus(MESSAGE_WITHIN).isBefore(now)));
  }

  /** Whether its customer may ask to cancel it; the service decides. */
  public boolean isCancellable() {
    return (order.isPending() || isConfirmed()) && !cancellation.or(false);
  }

  private boolean isConfirmed() {
    return order.status().equals("CONFIRMED");
  }

  private boolean isReturning() {
    return isConfirmed() && cancellation.or(false);
  }

  /** One sentence, which screen readers read out when it changes. */
  public String summary() {
    if (isReturning()) {
      return "Your order is being cancelled: you get your money back.";
    }
    return switch (order.status()) {
      case "PENDING" ->
          cancellation.or(false)
              ? "You asked to cancel this order; it is being looked at."
              : "Your order is on its way through the shop.";
      case "CONFIRMED" -> "Your order is confirmed.";
      case "CANCELLED" -> "Your order is cancelled. " + Wording.reason(order.cancelReason());
      case "RETURNED" -> "Your order is cancelled, and your money is back in your wallet.";
      default -> "Your order is " + Wording.status(order) + ".";
    };
  }

  public List<OrderStep> steps(Instant now) {
    var steps = new ArrayList<OrderStep>();
    steps.add(new OrderStep(State.DONE, "Order placed", "", order.placedAt()));
    steps.add(paid());
    steps.add(outcome());
    if (isReturning()) {
      steps.add(
          new OrderStep(State.NOW, "Cancellation", "Money and items are on their way back.", null));
    }
    message(now).ifPresent(steps::add);
    return steps;
  }

  private OrderStep paid() {
    if (!payment.isPresent()) {
      return new OrderStep(State.NEXT, "Payment", "Not known: " + payment.complaint() + ".", null);
    }
    return payment.or(Optional.empty()).map(this::paid).orElseGet(this::unpaid);
  }

  private OrderStep unpaid() {
    return order.isPending()
        ? new OrderStep(
            State.NOW,
            "Payment",
            "The items are being held for you, then %s is taken from your wallet."
                .formatted(order.total()),
            null)
        : new OrderStep(State.ENDED, "Payment", "Nothing was taken from your wallet.", null);
  }

  private OrderStep paid(OrderPayment payment) {
    var amount = payment.amount();
    return switch (payment.status()) {
      case "PROCESSING" ->
          new OrderStep(State.NOW, "Payment", "%s is being taken.".formatted(amount), null);
      case "AUTHORIZED" ->
          new OrderStep(
              order.isCancelled() ? State.NOW : State.DONE,
              "Payment",
              "%s is held in your wallet.".formatted(amount),
              null);
      case "CAPTURED" ->
          order.isCancelled()
              ? new OrderStep(State.NOW, "Payment", amount + " is being given back.", null)
              : new OrderStep(State.DONE, "Payment", amount + " was taken from your wallet.", null);
      case "REFUNDED" ->
          new OrderStep(State.DONE, "Payment", amount + " is back in your wallet.", null);
      case "CANCELLED" ->
          new OrderStep(State.ENDED, "Payment", "Nothing was taken from your wallet.", null);
      case "DECLINED" ->
          new OrderStep(
              State.ENDED,
              "Payment declined",
              Wording.reason(payment.declineReason()) + " Nothing was taken.",
              null);
      default -> new OrderStep(State.NOW, "Payment", payment.status(), null);
    };
  }

  private OrderStep outcome() {
    var settled = order.settledAt();
    return switch (order.status()) {
      case "PENDING" -> new OrderStep(isPaid() ? State.NOW : State.NEXT, "Confirmation", "", null);
      case "CONFIRMED" -> new OrderStep(State.DONE, "Confirmed", "The items are yours.", settled);
      case "CANCELLED" ->
          new OrderStep(State.ENDED, "Cancelled", Wording.reason(order.cancelReason()), settled);
      case "RETURNED" -> new OrderStep(State.ENDED, "Cancelled", "The items went back.", settled);
      default -> new OrderStep(State.NOW, Wording.status(order), "", settled);
    };
  }

  private boolean isPaid() {
    return payment
        .or(Optional.empty())
        .map(OrderPayment::status)
        .filter(status -> status.equals("AUTHORIZED") || status.equals("CAPTURED"))
        .isPresent();
  }

  /** Empty of an old order whose message is no longer among the newest. */
  private Optional<OrderStep> message(Instant now) {
    if (notified.or(false)) {
      return Optional.of(new OrderStep(State.DONE, "Message sent", "It is in your inbox.", null));
    }
    if (isAtRest(now)) {
      return Optional.empty();
    }
    boolean isDue = !order.isPending() && !isReturning();
    return Optional.of(
        new OrderStep(
            isDue && notified.isPresent() ? State.NOW : State.NEXT,
            "Message",
            notified.isPresent() ? "" : "Not known: " + notified.complaint() + ".",
            null));
  }
}
