package dev.mall.order.place;

import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.order.place.Placement.Accepted;
import dev.mall.order.place.Placement.Refused;
import java.util.List;

/** The answers to a batch of requests. */
record RequestsAnswered(List<Placement> placements) {

  /** The new orders. */
  List<Order> placed() {
    return placements.stream()
        .filter(Accepted.class::isInstance)
        .map(Accepted.class::cast)
        .filter(Accepted::isNew)
        .map(Accepted::order)
        .toList();
  }

  List<OrderRefused> refusals() {
    return placements.stream()
        .filter(Refused.class::isInstance)
        .map(placement -> ((Refused) placement).why())
        .toList();
  }
}
