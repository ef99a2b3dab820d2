/** What lies on the shelves, and for whom it is held. */
@NullMarked
package dev.mall.inventory.stock;

import org.jspecify.annotations.NullMarked;
