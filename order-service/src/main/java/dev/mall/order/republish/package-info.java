/** Republishes orders that stay pending. */
@NullMarked
package dev.mall.order.republish;

import org.jspecify.annotations.NullMarked;
