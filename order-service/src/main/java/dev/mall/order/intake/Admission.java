package dev.mall.order.intake;

import dev.mall.order.OrderProperties;
import dev.mall.order.OrderRefused;
import dev.mall.order.catalogue.CatalogueCopy;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Whether new orders are taken: not before there are prices, and not while as many are open as the
 * shop can look after. What is open is counted now and then and estimated in between, so the limit
 * is soft: each replica may overshoot it by what it takes between two counts.
 */
@Component
class Admission {

  /** Counts no further than the limit, on the index of pending orders. */
  private static final String OPEN =
      """
      select count(*)
        from (select from orders where status = 'PENDING' limit :limit) as open
      """;

  private final JdbcClient jdbc;
  private final CatalogueCopy catalogue;
  private final int maxOpen;
  private final AtomicInteger open = new AtomicInteger();

  Admission(
      JdbcClient jdbc, CatalogueCopy catalogue, OrderProperties properties, MeterRegistry meters) {
    this.jdbc = jdbc;
    this.catalogue = catalogue;
    this.maxOpen = properties.maxOpen();
    Gauge.builder("mall.orders.open", open, AtomicInteger::get)
        .description("Pending orders, counted up to mall.orders.max-open")
        .register(meters);
  }

  /** Why no new order is taken just now; empty if they are. */
  Optional<OrderRefused> refusal() {
    if (!catalogue.isComplete()) {
      return Optional.of(new OrderRefused.NoPrices());
    }
    return open.get() >= maxOpen ? Optional.of(new OrderRefused.TooManyOpen()) : Optional.empty();
  }

  void admitted(int orders) {
    open.addAndGet(orders);
  }

  @Scheduled(fixedDelayString = "${mall.orders.sample-every:500ms}")
  void count() {
    open.set(jdbc.sql(OPEN).param("limit", maxOpen).query(Integer.class).single());
  }
}
