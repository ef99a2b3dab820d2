/** Wallets over HTTP. */
@NullMarked
package dev.mall.payment.wallet.web;

import org.jspecify.annotations.NullMarked;
