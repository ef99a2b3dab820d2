package dev.mall.order.catalogue;

import dev.mall.money.Money;

/**
 * A product as our copy has it.
 *
 * @param price above zero
 */
public record ProductPrice(String sku, Money price) {}
