/** The sagas of the shop: what a checkout consists of. */
@NullMarked
package dev.mall.saga.checkout;

import org.jspecify.annotations.NullMarked;
