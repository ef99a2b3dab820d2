package dev.mall.inventory.stock;

import dev.mall.contracts.wire.MessageTypes;
import dev.mall.inventory.stock.ExpireReservations.ReservationsExpired;
import dev.mall.inventory.stock.HandleStockCommands.StockCommandsHandled;
import dev.mall.inventory.stock.reservation.ReservationStore;
import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Counts replies and expired reservations after the commit, and samples the number of held
 * reservations.
 */
@Component
class StockMetrics {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final MeterRegistry meters;
  private final Counter expired;

  StockMetrics(ReservationStore reservations, MeterRegistry meters) {
    this.meters = meters;
    var held = new CachedGauge<>(0L, INTERVAL, reservations::held);
    Gauge.builder("mall.stock.reservations.held", held::value)
        .description("Reservations that wait to be committed, released or expired")
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
