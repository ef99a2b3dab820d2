/** Takes orders: known requests, prices, limits, and many requests in one transaction. */
@NullMarked
package dev.mall.order.place;

import org.jspecify.annotations.NullMarked;
