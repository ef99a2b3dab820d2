package dev.mall.payment.wallet.web;

import dev.mall.payment.ledger.LedgerTransaction.Kind;
import dev.mall.payment.wallet.StatementLine;
import java.time.Instant;

/**
 * @param reference the order's id, or the deposit's
 * @param amountMinor minor units of {@code currency}; negative where the wallet paid
 */
record EntryView(Kind kind, String reference, long amountMinor, String currency, Instant postedAt) {

  static EntryView of(StatementLine line) {
    return new EntryView(
        line.kind(),
        line.reference(),
        line.change().minor(),
        line.change().currency().getCurrencyCode(),
        line.postedAt());
  }
}
