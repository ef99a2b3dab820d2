package dev.mall.payment.ledger;

import dev.mall.money.Money;
import java.util.Currency;

/**
 * The balance of a customer, in the currency in which the wallet was opened.
 *
 * @param balance never below zero
 */
public record Wallet(String customerId, Money balance) {

  public Wallet {
    if (balance.isNegative()) {
      throw new IllegalArgumentException("wallet of %s at %s".formatted(customerId, balance));
    }
  }

  public boolean isKeptIn(Currency currency) {
    return balance.currency().equals(currency);
  }

  /**
   * @param amount of the wallet's currency
   */
  public boolean covers(Money amount) {
    return !balance.isLessThan(amount);
  }

  /**
   * The wallet after {@code transaction}, which must be about it.
   *
   * @throws IllegalArgumentException if it does not cover the amount
   */
  public Wallet after(LedgerTransaction transaction) {
    return new Wallet(customerId, balance.plus(transaction.walletChange()));
  }
}
