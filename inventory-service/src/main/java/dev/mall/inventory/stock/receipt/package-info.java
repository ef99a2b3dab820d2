/** Receipts: deliveries that increase the stock of a SKU. */
@NullMarked
package dev.mall.inventory.stock.receipt;

import org.jspecify.annotations.NullMarked;
