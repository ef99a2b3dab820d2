/** Customers' cancellations: of pending orders, and of confirmed ones within a window. */
@NullMarked
package dev.mall.order.cancel;

import org.jspecify.annotations.NullMarked;
