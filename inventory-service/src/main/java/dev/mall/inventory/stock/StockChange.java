package dev.mall.inventory.stock;

/**
 * How much more, or less, of a SKU is reserved and sold than before.
 *
 * @param sold more pieces sold are as many fewer on hand
 */
record StockChange(String sku, long reserved, long sold) {

  static StockChange between(StockLevel before, StockLevel after) {
    return new StockChange(
        before.sku(), after.reserved() - before.reserved(), after.sold() - before.sold());
  }

  boolean isNone() {
    return reserved == 0 && sold == 0;
  }
}
