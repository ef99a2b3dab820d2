package dev.mall.inventory.catalogue;

/**
 * A product as it is published.
 *
 * @param priceMinor minor units of {@code currency}; above zero
 * @param currency ISO 4217
 * @param version counts the product's changes, from 1
 */
public record CatalogueEntry(
    String sku, String name, long priceMinor, String currency, long version) {}
