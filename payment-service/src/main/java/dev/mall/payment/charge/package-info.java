/** Payments of orders: charges and refunds, each applied once. */
@NullMarked
package dev.mall.payment.charge;

import org.jspecify.annotations.NullMarked;
