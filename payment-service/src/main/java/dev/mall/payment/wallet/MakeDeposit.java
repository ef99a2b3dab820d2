package dev.mall.payment.wallet;

import dev.mall.money.Money;
import org.jspecify.annotations.Nullable;

/**
 * A customer brings money.
 *
 * @param amount above zero
 * @param idempotencyKey the customer's own name for this deposit, however often it is asked for;
 *     null if each time is another deposit
 */
public record MakeDeposit(String customerId, Money amount, @Nullable String idempotencyKey) {}
