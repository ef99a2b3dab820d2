package dev.mall.order.place;

import dev.mall.order.Order;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A validated request to place an order.
 *
 * @param items 1 to 50, each SKU once
 * @param expectedTotalMinor the total that the customer was shown; null accepts any
 * @param key null if the request will not be repeated
 * @param traceparent of the request; null if it is not traced
 */
public record PlaceOrder(
    Order.Details details,
    List<Item> items,
    @Nullable Long expectedTotalMinor,
    @Nullable RequestKey key,
    @Nullable String traceparent) {

  /**
   * @param quantity 1 to 999
   */
  public record Item(String sku, int quantity) {}

  Fingerprint fingerprint() {
    return Fingerprint.of(this);
  }
}
