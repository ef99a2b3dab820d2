package dev.mall.notification;

import dev.mall.contracts.values.CancelReason;
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
public record InboxEntry(
    long number,
    String customerId,
    long orderId,
    OrderOutcome outcome,
    String title,
    String text,
    long totalMinor,
    String currency,
    @Nullable CancelReason reason,
    Instant notifiedAt) {}
