package dev.mall.payment.wallet;

import dev.mall.money.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * The response to a deposit, the same for every repeat of its request.
 *
 * @param balance the wallet's, right after this deposit
 * @param madeAt payment-service's clock, for people
 */
public record DepositReceipt(
    UUID id, String customerId, Money amount, Money balance, Instant madeAt) {}
