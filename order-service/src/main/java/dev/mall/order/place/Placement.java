package dev.mall.order.place;

import dev.mall.order.Order;
import dev.mall.order.OrderRefused;

/** The decision on a request to place an order. */
public sealed interface Placement {

  /**
   * The request has an order.
   *
   * @param isNew false if an earlier request with the same key placed it
   */
  record Accepted(Order order, boolean isNew) implements Placement {}

  record Refused(OrderRefused why) implements Placement {}
}
