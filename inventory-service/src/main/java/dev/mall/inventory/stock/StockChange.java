package dev.mall.inventory.stock;

/**
 * The change of one SKU's reserved and sold pieces.
 *
 * @param sold more pieces sold are as many fewer on hand; negative where pieces came back
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
