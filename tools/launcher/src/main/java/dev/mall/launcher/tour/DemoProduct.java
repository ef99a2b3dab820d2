package dev.mall.launcher.tour;

/**
 * Something the demo's shop sells.
 *
 * @param pieces as many as the shop wants to have at the beginning of a tour
 */
record DemoProduct(String sku, String name, long priceMinor, long pieces) {}
