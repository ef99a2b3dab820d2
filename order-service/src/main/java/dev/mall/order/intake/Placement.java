package dev.mall.order.intake;

import dev.mall.order.Order;
import dev.mall.order.OrderRefused;

/** What became of a request. */
public sealed interface Placement {

  /** It became an order. */
  record Placed(Order order) implements Placement {}

  /** It came before, and became this order then. */
  record Repeated(long orderId) implements Placement {}

  record Refused(OrderRefused why) implements Placement {}
}
