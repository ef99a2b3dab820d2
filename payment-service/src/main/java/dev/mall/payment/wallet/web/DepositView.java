package dev.mall.payment.wallet.web;

import dev.mall.payment.wallet.DepositReceipt;
import java.time.Instant;
import java.util.UUID;

/**
 * @param amountMinor minor units of {@code currency}
 * @param balanceMinor the wallet's, right after this deposit
 */
record DepositView(
    UUID id,
    String customerId,
    long amountMinor,
    long balanceMinor,
    String currency,
    Instant madeAt) {

  static DepositView of(DepositReceipt receipt) {
    return new DepositView(
        receipt.id(),
        receipt.customerId(),
        receipt.amount().minor(),
        receipt.balance().minor(),
        receipt.amount().currency().getCurrencyCode(),
        receipt.madeAt());
  }
}
