package dev.mall.order.place;

import dev.mall.money.Money;
import dev.mall.money.MoneyRefused;
import dev.mall.order.Order;
import dev.mall.order.OrderLine;
import dev.mall.order.OrderRefused;
import dev.mall.order.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Decides on requests that share a transaction. Pure. A known request gets its order before
 * anything else is checked; only an accepted request becomes known.
 */
final class PlacementRules {

  /**
   * A request that has an order.
   *
   * @param fingerprint of the request's content
   */
  record KnownRequest(Fingerprint fingerprint, Order order) {}

  private final Map<RequestKey, KnownRequest> known;
  private final Map<String, Money> prices;
  private final Function<String, Optional<OrderRefused>> refusals;
  private final Instant now;

  private PlacementRules(
      Map<RequestKey, KnownRequest> known,
      Map<String, Money> prices,
      Function<String, Optional<OrderRefused>> refusals,
      Instant now) {
    this.known = new HashMap<>(known);
    this.prices = prices;
    this.refusals = refusals;
    this.now = now;
  }

  /**
   * @param ids one for each request; the same ones when the batch is decided again
   * @param prices by SKU; unknown SKUs are absent
   * @param refusals why no new order of a customer is accepted; empty if they are
   * @return one placement for each request
   */
  static List<Placement> decide(
      List<PlaceOrder> batch,
      long[] ids,
      Map<RequestKey, KnownRequest> known,
      Map<String, Money> prices,
      Function<String, Optional<OrderRefused>> refusals,
      Instant now) {
    var rules = new PlacementRules(known, prices, refusals, now);
    var placements = new ArrayList<Placement>(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      placements.add(rules.decide(batch.get(i), ids[i]));
    }
    return placements;
  }

  private Placement decide(PlaceOrder request, long id) {
    try {
      var key = request.key();
      var before = key == null ? null : known.get(key);
      if (before != null) {
        return repeated(request, before);
      }
      var order = order(request, id);
      if (key != null) {
        known.put(key, new KnownRequest(request.fingerprint(), order));
      }
      return new Placement.Accepted(order, true);
    } catch (OrderRefused refused) {
      return new Placement.Refused(refused);
    }
  }

  private static Placement repeated(PlaceOrder request, KnownRequest before) {
    if (!before.fingerprint().isOf(request.fingerprint())) {
      throw new OrderRefused.KeyReused();
    }
    return new Placement.Accepted(before.order(), false);
  }

  private Order order(PlaceOrder request, long id) {
    var refusal = refusals.apply(request.details().customerId());
    if (refusal.isPresent()) {
      throw refusal.get();
    }
    var lines = lines(request);
    var total = total(request, lines);
    return new Order(
        id, request.details(), lines, total, now, request.traceparent(), OrderState.PENDING);
  }

  private List<OrderLine> lines(PlaceOrder request) {
    var lines = new ArrayList<OrderLine>();
    var unknown = new ArrayList<String>();
    for (var item : request.items()) {
      var price = prices.get(item.sku());
      if (price == null) {
        unknown.add(item.sku());
      } else {
        lines.add(new OrderLine(item.sku(), item.quantity(), price));
      }
    }
    if (!unknown.isEmpty()) {
      throw new OrderRefused.UnknownSku(unknown);
    }
    return lines;
  }

  private static Money total(PlaceOrder request, List<OrderLine> lines) {
    var total = sum(lines);
    if (request.expectedTotalMinor() != null && request.expectedTotalMinor() != total.minor()) {
      throw new OrderRefused.PriceChanged(total);
    }
    return total;
  }

  private static Money sum(List<OrderLine> lines) {
    try {
      return lines.stream().map(OrderLine::total).reduce(Money::plus).orElseThrow();
    } catch (MoneyRefused.MixedCurrencies _) {
      throw new OrderRefused.MixedCurrencies();
    } catch (MoneyRefused.Overflow _) {
      throw new OrderRefused.TotalTooLarge();
    }
  }
}
