package dev.mall.order.place;

import dev.mall.order.Order;
import dev.mall.order.OrderRefused;
import dev.mall.order.catalogue.ProductPrice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What becomes of requests that came together. Pure. A request that is known gets the order that it
 * became, before anything else is asked; only an accepted request becomes known.
 */
final class PlacementRules {

  /**
   * A request that became an order.
   *
   * @param fingerprint of what it asked for
   */
  record KnownRequest(Fingerprint fingerprint, long orderId) {}

  /** What is to become of a request. */
  sealed interface Decision {
    record Place(Order order) implements Decision {}

    /** It came before, and became this order then. */
    record Repeat(long orderId) implements Decision {}

    record Refuse(OrderRefused why) implements Decision {}
  }

  private final Map<RequestKey, KnownRequest> known;
  private final Map<String, ProductPrice> products;
  private final Optional<OrderRefused> closed;
  private final Instant now;

  private PlacementRules(
      Map<RequestKey, KnownRequest> known,
      Map<String, ProductPrice> products,
      Optional<OrderRefused> closed,
      Instant now) {
    this.known = new HashMap<>(known);
    this.products = products;
    this.closed = closed;
    this.now = now;
  }

  /**
   * @param ids one for each request; the same again when this is decided again
   * @param closed why no new order is taken; empty if they are
   * @return one decision for each request
   */
  static List<Decision> decide(
      List<PlaceOrder> batch,
      long[] ids,
      Map<RequestKey, KnownRequest> known,
      Map<String, ProductPrice> products,
      Optional<OrderRefused> closed,
      Instant now) {
    var rules = new PlacementRules(known, products, closed, now);
    var decisions = new ArrayList<Decision>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      decisions.add(rules.decide(batch.get(i), ids[i]));
    }
    return decisions;
  }

  private Decision decide(PlaceOrder request, long id) {
    try {
      var key = request.key();
      var before = key == null ? null : known.get(key);
      if (before != null) {
        return repeated(request, before);
      }
      var order = order(request, id);
      if (key != null) {
        known.put(key, new KnownRequest(request.fingerprint(), id));
      }
      return new Decision.Place(order);
    } catch (OrderRefused refused) {
      return new Decision.Refuse(refused);
    }
  }

  private static Decision repeated(PlaceOrder request, KnownRequest before) {
    if (!before.fingerprint().isOf(request.fingerprint())) {
      throw new OrderRefused.KeyReused();
    }
    return new Decision.Repeat(before.orderId());
  }

  private Order order(PlaceOrder request, long id) {
    if (closed.isPresent()) {
      throw closed.get();
    }
    var lines = Pricing.lines(request, products);
    var total = Pricing.total(request, lines);
    return Order.placed(id, request.customerId(), lines, total, request.method(), now);
  }
}
