/** Deposits into wallets, balances and statements of account. */
@NullMarked
package dev.mall.payment.wallet;

import org.jspecify.annotations.NullMarked;
