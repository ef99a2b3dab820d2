package dev.mall.benchmarks.floor;

import java.util.List;

/**
 * An order to be placed.
 *
 * @param key makes a repeated request return the first one's order
 * @param fingerprint of the request's content; another content may not use the key
 * @param items of different products
 */
public record LocalOrder(String customerId, String key, String fingerprint, List<Item> items) {

  /** A line. */
  public record Item(String sku, int quantity) {}

  public LocalOrder {
    items = List.copyOf(items);
  }
}
