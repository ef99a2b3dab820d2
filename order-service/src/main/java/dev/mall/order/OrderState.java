package dev.mall.order;

import dev.mall.contracts.values.CancelReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The state of an order.
 *
 * @param reason why it was cancelled; null unless it was
 * @param settledAt when it became final, for people; null while it is pending
 */
public record OrderState(
    OrderStatus status, @Nullable CancelReason reason, @Nullable Instant settledAt) {

  public static final OrderState PENDING = new OrderState(OrderStatus.PENDING, null, null);

  public static OrderState confirmed(Instant at) {
    return new OrderState(OrderStatus.CONFIRMED, null, at);
  }

  public static OrderState cancelled(CancelReason reason, Instant at) {
    return new OrderState(OrderStatus.CANCELLED, reason, at);
  }

  /** The state of a confirmed order that was returned; it stays settled when it was confirmed. */
  public OrderState returned() {
    return new OrderState(OrderStatus.RETURNED, null, settledAt);
  }

  /** Whether the order has no effect any more: it was cancelled or returned. */
  public boolean isUndone() {
    return status == OrderStatus.CANCELLED || status == OrderStatus.RETURNED;
  }

  public boolean isFinal() {
    return status.isFinal();
  }
}
