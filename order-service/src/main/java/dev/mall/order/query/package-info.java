/** Reads orders and their timelines. */
@NullMarked
package dev.mall.order.query;

import org.jspecify.annotations.NullMarked;
