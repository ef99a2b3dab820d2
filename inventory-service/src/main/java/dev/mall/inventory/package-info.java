/** Catalogue, stock and reservations. */
@NullMarked
package dev.mall.inventory;

import org.jspecify.annotations.NullMarked;
