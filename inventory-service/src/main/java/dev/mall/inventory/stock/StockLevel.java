package dev.mall.inventory.stock;

/**
 * The stock of one SKU.
 *
 * @param onHand pieces in stock, {@code received - sold}
 * @param reserved pieces of those that are held for orders; 0 to {@code onHand}
 * @param received pieces that ever came in
 * @param sold pieces that went out and did not come back
 */
public record StockLevel(String sku, long onHand, long reserved, long received, long sold) {

  public long available() {
    return onHand - reserved;
  }

  /** Reserves available pieces. */
  StockLevel held(int quantity) {
    return new StockLevel(sku, onHand, reserved + quantity, received, sold);
  }

  /** Frees reserved pieces. */
  StockLevel freed(int quantity) {
    return held(-quantity);
  }

  /** Sells available pieces. */
  StockLevel sold(int quantity) {
    return new StockLevel(sku, onHand - quantity, reserved, received, sold + quantity);
  }

  /** Puts sold pieces back. */
  StockLevel restocked(int quantity) {
    return sold(-quantity);
  }
}
