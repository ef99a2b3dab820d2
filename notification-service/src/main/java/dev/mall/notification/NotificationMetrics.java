package dev.mall.notification;

import dev.mall.notification.NotificationRules.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts notifications after the commit, and logs an error when a customer was notified of outcomes
 * that exclude each other.
 */
@Component
class NotificationMetrics {

  private static final Logger log = LoggerFactory.getLogger(NotificationMetrics.class);

  private final MeterRegistry meters;
  private final Counter contradicted;

  NotificationMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.contradicted = meters.counter("mall.notifications.contradicted");
    for (var outcome : OrderOutcome.values()) {
      notified(outcome); // seen as zero from the start
    }
  }

  @TransactionalEventListener
  void on(Outcome batch) {
    batch.notifications().forEach(notification -> notified(notification.outcome()).increment());
    for (long orderId : batch.contradicted()) {
      contradicted.increment();
      try (var _ = MDC.putCloseable("orderId", Long.toString(orderId))) {
        log.error("Customer was notified of a contradicting outcome of this order before");
      }
    }
  }

  private Counter notified(OrderOutcome outcome) {
    return meters.counter("mall.notifications.sent", "outcome", outcome.name());
  }
}
