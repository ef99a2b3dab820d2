package dev.mall.notification.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.mall.contracts.values.CancelReason;
import dev.mall.notification.InboxEntry;
import dev.mall.notification.OrderOutcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * @param orderId decimal
 * @param totalMinor minor units of {@code currency}
 * @param cancelReason only about cancelled orders
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record NotificationView(
    String customerId,
    String orderId,
    OrderOutcome outcome,
    String title,
    String text,
    long totalMinor,
    String currency,
    @Nullable CancelReason cancelReason,
    Instant notifiedAt) {

  static NotificationView of(InboxEntry news) {
    return new NotificationView(
        news.customerId(),
        Long.toString(news.orderId()),
        news.outcome(),
        news.title(),
        news.text(),
        news.totalMinor(),
        news.currency(),
        news.reason(),
        news.notifiedAt());
  }
}
