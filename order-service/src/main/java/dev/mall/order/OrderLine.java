package dev.mall.order;

import dev.mall.money.Money;

/**
 * @param sku stands once in an order
 * @param quantity 1 to 999
 * @param unitPrice as agreed when the order was placed
 */
public record OrderLine(String sku, int quantity, Money unitPrice) {

  /**
   * @throws dev.mall.money.MoneyRefused if it exceeds the range of {@code long}
   */
  public Money total() {
    return unitPrice.times(quantity);
  }
}
