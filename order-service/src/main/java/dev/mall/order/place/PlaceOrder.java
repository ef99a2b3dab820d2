package dev.mall.order.place;

import dev.mall.contracts.values.PaymentMethod;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed wish for an order.
 *
 * @param items 1 to 50, each SKU once
 * @param expectedTotalMinor the total the customer was shown; null if it does not matter
 * @param key null if the request will not be sent again
 * @param traceparent of the request; null if nobody traces it
 */
public record PlaceOrder(
    String customerId,
    List<Item> items,
    PaymentMethod method,
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
