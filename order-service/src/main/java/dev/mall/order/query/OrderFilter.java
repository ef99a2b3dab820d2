package dev.mall.order.query;

import dev.mall.order.OrderStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Selects among a customer's orders; null means any.
 *
 * @param placedAfter exclusive
 * @param placedBefore exclusive
 */
public record OrderFilter(
    String customerId,
    @Nullable OrderStatus status,
    @Nullable Instant placedAfter,
    @Nullable Instant placedBefore) {}
