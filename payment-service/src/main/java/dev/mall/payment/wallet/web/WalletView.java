package dev.mall.payment.wallet.web;

import dev.mall.payment.ledger.Wallet;

/**
 * @param balanceMinor minor units of {@code currency}
 */
record WalletView(String customerId, long balanceMinor, String currency) {

  static WalletView of(Wallet wallet) {
    return new WalletView(
        wallet.customerId(),
        wallet.balance().minor(),
        wallet.balance().currency().getCurrencyCode());
  }
}
