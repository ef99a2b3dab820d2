/** What orders pay: charges, their refunds, and what becomes of either when they come twice. */
@NullMarked
package dev.mall.payment.charge;

import org.jspecify.annotations.NullMarked;
