package dev.mall.contracts;

import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.values.PaymentMethod;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Events of order-service. */
public sealed interface OrderEvent extends Event {

  long orderId();

  @Override
  default String key() {
    return Long.toString(orderId());
  }

  /**
   * An order was accepted and is pending. Published again while it is pending too long.
   *
   * @param totalMinor minor units of {@code currency}: the sum over {@code lines}
   * @param currency ISO 4217
   * @param lines 1 to 50, each SKU once
   * @param placedAt order-service's clock
   * @param checkout null, from a release before there were others, means {@link CheckoutMode#SAGA}
   */
  record OrderPlaced(
      long orderId,
      String customerId,
      long totalMinor,
      String currency,
      PaymentMethod method,
      List<PricedLine> lines,
      Instant placedAt,
      @Nullable CheckoutMode checkout)
      implements OrderEvent {

    @Override
    public CheckoutMode variant() {
      return Objects.requireNonNullElse(checkout, CheckoutMode.SAGA);
    }
  }

  /** The order is confirmed; final. */
  record OrderConfirmed(long orderId) implements OrderEvent {}

  /** The order is cancelled; final. */
  record OrderCancelled(long orderId, CancelReason reason) implements OrderEvent {}

  /** The customer cancels the order, which was not settled yet. */
  record CancellationRequested(long orderId) implements OrderEvent {}

  /**
   * The customer cancels the order, which is confirmed: its money and stock are to be put back.
   * Published again until the order is returned.
   *
   * @param totalMinor minor units of {@code currency}
   * @param currency ISO 4217
   */
  record ReturnRequested(long orderId, String customerId, long totalMinor, String currency)
      implements OrderEvent {}

  /**
   * The order is to be cancelled unless its stock is sold already. Published again until it is
   * settled; only about orders that no orchestrator checks out.
   */
  record OrderAbandoned(long orderId, CancelReason reason) implements OrderEvent {}

  /**
   * The order, which no orchestrator checked out, is final, and its customer is to be notified.
   *
   * @param totalMinor minor units of {@code currency}
   * @param currency ISO 4217
   * @param reason why it was cancelled; null for a confirmed order
   */
  record CheckoutEnded(
      long orderId,
      String customerId,
      long totalMinor,
      String currency,
      @Nullable CancelReason reason)
      implements OrderEvent {}

  /**
   * @param quantity 1 to 999
   * @param unitPriceMinor the price that was agreed on; minor units of the order's currency
   */
  record PricedLine(String sku, int quantity, long unitPriceMinor) {}
}
