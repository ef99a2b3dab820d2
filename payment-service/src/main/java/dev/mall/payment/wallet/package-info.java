/** What customers do with their money themselves: bring it, and look at it. */
@NullMarked
package dev.mall.payment.wallet;

import org.jspecify.annotations.NullMarked;
