/** Reservations: each order's claim on stock, and their tables. */
@NullMarked
package dev.mall.inventory.stock.reservation;

import org.jspecify.annotations.NullMarked;
