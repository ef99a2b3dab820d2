/** The catalogue: products, their prices and versions. */
@NullMarked
package dev.mall.inventory.catalogue;

import org.jspecify.annotations.NullMarked;
