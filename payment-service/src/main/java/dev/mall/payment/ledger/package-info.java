/** Double-entry bookkeeping: the only place where money moves. */
@NullMarked
package dev.mall.payment.ledger;

import org.jspecify.annotations.NullMarked;
