/** Places orders: admission, idempotency keys, prices, and many requests in one transaction. */
@NullMarked
package dev.mall.order.place;

import org.jspecify.annotations.NullMarked;
