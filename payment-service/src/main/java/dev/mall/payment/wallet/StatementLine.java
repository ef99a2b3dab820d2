package dev.mall.payment.wallet;

import dev.mall.money.Money;
import dev.mall.payment.ledger.LedgerTransaction.Kind;
import java.time.Instant;

/**
 * A line of a wallet's statement of account.
 *
 * @param number grows with each line of one wallet
 * @param reference the order's id, or the deposit's
 * @param change negative where the wallet paid
 */
public record StatementLine(
    long number, Kind kind, String reference, Money change, Instant postedAt) {}
