package dev.mall.inventory.stock;

import dev.mall.contracts.wire.MessageTypes;
import dev.mall.inventory.stock.ExpireReservations.ReservationsExpired;
import dev.mall.inventory.stock.HandleStockCommands.StockCommandsHandled;
import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts replies and expired reservations after the commit, and samples the numbers of held and
 * overdue reservations.
 */
@Component
class StockMetrics {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final String COUNT =
      """
      select count(*) as held,
             count(*) filter (where held_until < now() - interval '1 minute') as overdue
        from reservation
       where state = 'HELD'
      """;

  private final MeterRegistry meters;
  private final Counter expired;

  private record Holding(long held, long overdue) {}

  StockMetrics(JdbcClient jdbc, MeterRegistry meters) {
    this.meters = meters;
    var holding =
        new CachedGauge<>(
            new Holding(0, 0), INTERVAL, () -> jdbc.sql(COUNT).query(Holding.class).single());
    Gauge.builder("mall.stock.reservations.held", () -> holding.value().held())
        .description("Reservations that wait to be committed, released or expired")
        .register(meters);
    Gauge.builder("mall.stock.reservations.overdue", () -> holding.value().overdue())
        .description("Reservations that hold stock a minute and more beyond their time")
        .register(meters);
    this.expired =
        Counter.builder("mall.stock.expired")
            .description("Reservations that were not committed in time")
            .register(meters);
  }

  @TransactionalEventListener
  void on(ReservationsExpired batch) {
    expired.increment(batch.count());
  }

  @TransactionalEventListener
  void on(StockCommandsHandled handled) {
    for (var reply : handled.replies()) {
      meters
          .counter("mall.stock.replies", "reply", MessageTypes.nameOf(reply.getClass()))
          .increment();
    }
  }
}
