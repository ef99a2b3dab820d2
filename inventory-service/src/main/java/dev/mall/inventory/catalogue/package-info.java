/** What there is to buy, and at what price. */
@NullMarked
package dev.mall.inventory.catalogue;

import org.jspecify.annotations.NullMarked;
