package dev.mall.launcher.tour;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/**
 * An order of the tour.
 *
 * @param expectedTotalMinor the order is refused if its total is another
 */
record DemoOrder(String customerId, List<Item> items, OptionalLong expectedTotalMinor) {

  /** Pieces of one product. */
  record Item(DemoProduct product, long quantity) {
    long totalMinor() {
      return product.priceMinor() * quantity;
    }
  }

  static DemoOrder of(DemoCustomer customer, Item... items) {
    return new DemoOrder(customer.id(), List.of(items), OptionalLong.empty());
  }

  DemoOrder expecting(long totalMinor) {
    return new DemoOrder(customerId, items, OptionalLong.of(totalMinor));
  }

  long totalMinor() {
    return items.stream().mapToLong(Item::totalMinor).sum();
  }

  long piecesOf(DemoProduct product) {
    return items.stream()
        .filter(item -> item.product().equals(product))
        .mapToLong(Item::quantity)
        .sum();
  }

  /** As the API wants it. */
  Map<String, Object> body() {
    var body = new LinkedHashMap<String, Object>();
    body.put("customerId", customerId);
    body.put(
        "items",
        items.stream().map(item -> new Line(item.product().sku(), item.quantity())).toList());
    body.put("payment", Map.of("method", "WALLET"));
    expectedTotalMinor.ifPresent(total -> body.put("expectedTotalMinor", total));
    return body;
  }

  private record Line(String sku, long quantity) {}

  String asJson() {
    return JsonMapper.shared().writeValueAsString(body());
  }
}
