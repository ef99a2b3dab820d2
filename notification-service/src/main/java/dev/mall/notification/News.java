package dev.mall.notification;

import dev.mall.contracts.CancelReason;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a customer's inbox.
 *
 * @param number grows with each entry of one inbox
 * @param title one line
 * @param text one or more sentences
 * @param totalMinor minor units of {@code currency}
 * @param reason null for a confirmed order
 */
public record News(
    long number,
    String customerId,
    long orderId,
    Outcome outcome,
    String title,
    String text,
    long totalMinor,
    String currency,
    @Nullable CancelReason reason,
    Instant toldAt) {}
