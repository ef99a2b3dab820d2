/** The sagas of the shop, one file each. */
@NullMarked
package dev.mall.saga.checkout;

import org.jspecify.annotations.NullMarked;
