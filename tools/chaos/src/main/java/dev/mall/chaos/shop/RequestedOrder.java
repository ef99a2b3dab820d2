package dev.mall.chaos.shop;

import dev.mall.contracts.values.CheckoutMode;
import java.util.Map;

/**
 * An order that a customer places.
 *
 * @param items pieces by SKU
 * @param mode the checkout mode that the request names
 */
public record RequestedOrder(String customer, Map<String, Integer> items, CheckoutMode mode) {

  /** Under the mode that services follow by default. */
  public RequestedOrder(String customer, Map<String, Integer> items) {
    this(customer, items, CheckoutMode.SAGA);
  }

  /** The same order under another mode. */
  public RequestedOrder under(CheckoutMode other) {
    return new RequestedOrder(customer, items, other);
  }
}
