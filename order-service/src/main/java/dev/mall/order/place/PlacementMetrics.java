package dev.mall.order.place;

import dev.mall.order.OrderRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts accepted and refused requests. */
@Component
class PlacementMetrics {

  private final MeterRegistry meters;
  private final Counter placed;

  PlacementMetrics(MeterRegistry meters) {
    this.meters = meters;
    this.placed =
        Counter.builder("mall.orders.placed").description("Orders accepted").register(meters);
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(RequestsAnswered answered) {
    placed.increment(answered.placed().size());
    answered.refusals().forEach(this::refused);
  }

  private void refused(OrderRefused why) {
    meters.counter("mall.orders.refused", "why", why.getClass().getSimpleName()).increment();
  }
}
