package dev.mall.payment.wallet;

import dev.mall.money.Money;
import java.time.Instant;
import java.util.UUID;

/**
 * What the customer is told about a deposit, the same however often it is asked for.
 *
 * @param balance the wallet's, right after this deposit
 * @param madeAt payment-service's clock, for people
 */
public record DepositReceipt(
    UUID id, String customerId, Money amount, Money balance, Instant madeAt) {}
