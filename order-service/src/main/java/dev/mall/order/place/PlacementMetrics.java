package dev.mall.order.place;

import dev.mall.contracts.values.CheckoutMode;
import dev.mall.order.CheckoutProperties;
import dev.mall.order.OrderRefused;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/** Counts accepted and refused requests. */
@Component
class PlacementMetrics {

  private final MeterRegistry meters;

  PlacementMetrics(MeterRegistry meters, CheckoutProperties checkouts) {
    this.meters = meters;
    checkouts.modes().forEach(this::placed); // seen as zero from the start
  }

  @TransactionalEventListener(fallbackExecution = true)
  void on(RequestsAnswered answered) {
    answered.placed().forEach(order -> placed(order.details().checkout()).increment());
    answered.refusals().forEach(this::refused);
  }

  private Counter placed(CheckoutMode checkout) {
    return Counter.builder("mall.orders.placed")
        .description("Orders accepted")
        .tag("checkout", checkout.name())
        .register(meters);
  }

  private void refused(OrderRefused why) {
    meters.counter("mall.orders.refused", "why", why.getClass().getSimpleName()).increment();
  }
}
