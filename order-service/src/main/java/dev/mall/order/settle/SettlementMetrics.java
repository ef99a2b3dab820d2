package dev.mall.order.settle;

import dev.mall.order.settle.OrdersSettled.SettledOrder;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts orders that became final. */
@Component
class SettlementMetrics {

  private final MeterRegistry meters;

  SettlementMetrics(MeterRegistry meters) {
    this.meters = meters;
  }

  @TransactionalEventListener
  void on(OrdersSettled settled) {
    settled.orders().forEach(this::count);
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
}
