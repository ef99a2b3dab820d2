/** Customers' money: wallets, the ledger behind them, and the payments of orders. */
@NullMarked
package dev.mall.payment;

import org.jspecify.annotations.NullMarked;
