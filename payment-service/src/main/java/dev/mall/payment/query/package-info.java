/** Shows the payments of orders. */
@NullMarked
package dev.mall.payment.query;

import org.jspecify.annotations.NullMarked;
