package dev.mall.order.place;

import dev.mall.order.Order;
import dev.mall.order.OrderRefused;

/** What became of a request. */
public sealed interface Placement {

  /**
   * There is an order of this request.
   *
   * @param isNew whether the request came for the first time
   */
  record Accepted(Order order, boolean isNew) implements Placement {}

  record Refused(OrderRefused why) implements Placement {}
}
