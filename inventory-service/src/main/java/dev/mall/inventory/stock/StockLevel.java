package dev.mall.inventory.stock;

/**
 * One SKU's shelf.
 *
 * @param onHand pieces here, {@code received - sold}
 * @param reserved pieces of those that are held for orders; 0 to {@code onHand}
 * @param received pieces that ever came in
 * @param sold pieces that ever went out
 */
public record StockLevel(String sku, long onHand, long reserved, long received, long sold) {

  public long available() {
    return onHand - reserved;
  }

  /** Pieces are set aside. */
  StockLevel held(int quantity) {
    return new StockLevel(sku, onHand, reserved + quantity, received, sold);
  }

  /** Pieces set aside are free again. */
  StockLevel freed(int quantity) {
    return held(-quantity);
  }

  /** Free pieces go out. */
  StockLevel sold(int quantity) {
    return new StockLevel(sku, onHand - quantity, reserved, received, sold + quantity);
  }
}
