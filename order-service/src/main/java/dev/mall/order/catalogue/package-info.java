/** A copy of the catalogue, which inventory-service owns. */
@NullMarked
package dev.mall.order.catalogue;

import org.jspecify.annotations.NullMarked;
