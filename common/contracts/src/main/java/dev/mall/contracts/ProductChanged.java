package dev.mall.contracts;

/**
 * The complete current state of a product.
 *
 * @param version counts from 1 per SKU; a copy ignores an older or equal one
 * @param priceMinor minor units of {@code currency}; above zero
 * @param currency ISO 4217
 */
public record ProductChanged(
    String sku, long version, String name, long priceMinor, String currency) implements Event {

  @Override
  public String key() {
    return sku;
  }
}
