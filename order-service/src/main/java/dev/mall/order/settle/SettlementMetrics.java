package dev.mall.order.settle;

import dev.mall.order.OrderStatus;
import dev.mall.order.settle.OrdersSettled.SettledOrder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts orders that became final, and measures how long that took. */
@Component
class SettlementMetrics {

  /** Of the objective in docs/telemetry.md. */
  private static final Duration SOON_ENOUGH = Duration.ofSeconds(5);

  private final MeterRegistry meters;

  SettlementMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @TransactionalEventListener
  void on(OrdersSettled settled) {
    settled
        .orders()
        .forEach(order -> {
          count(order);
          time(order);
        });
  }

  private void count(SettledOrder order) {
    var state = order.state();
    var reason = state.reason() == null ? "none" : state.reason().name();
    meters
        .counter(
            "mall.orders.settled",
            "status",
            state.status().name(),
            "reason",
            reason,
            "checkout",
            order.checkout().name())
        .increment();
  }

  /** A return makes no order final: its confirmation has. */
  private void time(SettledOrder order) {
    var settledAt = order.state().settledAt();
    if (settledAt != null && order.state().status() != OrderStatus.RETURNED) {
      Timer.builder("mall.orders.duration")
          .description("Time from an order's acceptance to its confirmation or cancellation")
          .tag("status", order.state().status().name())
          .serviceLevelObjectives(SOON_ENOUGH)
          .register(meters)
          .record(Duration.between(order.placedAt(), settledAt));
    }
  }
}
