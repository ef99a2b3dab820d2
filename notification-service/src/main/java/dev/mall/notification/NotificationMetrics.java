package dev.mall.notification;

import dev.mall.notification.NotificationRules.Decided;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts what customers were told, and says it loudly when two stories were told about one order.
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
      told(outcome); // seen as zero from the start
    }
  }

  @TransactionalEventListener
  void on(Decided decided) {
    decided.untold().forEach(notification -> told(notification.outcome()).increment());
    for (long orderId : decided.contradicted()) {
      contradicted.increment();
      try (var _ = MDC.putCloseable("orderId", Long.toString(orderId))) {
        log.error("The customer was told before that this order came to its other end");
      }
    }
  }

  private Counter told(OrderOutcome outcome) {
    return meters.counter("mall.notifications.told", "outcome", outcome.name());
  }
}
