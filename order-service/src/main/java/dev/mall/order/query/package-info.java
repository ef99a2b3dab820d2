/** Reads orders for their customers. */
@NullMarked
package dev.mall.order.query;

import org.jspecify.annotations.NullMarked;
