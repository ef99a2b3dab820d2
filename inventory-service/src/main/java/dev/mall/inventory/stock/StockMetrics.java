package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.inventory.stock.reservation.ReservationStore;
import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.stereotype.Component;

/** What was answered, and how much is held just now. */
@Component
public class StockMetrics {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final MeterRegistry meters;

  StockMetrics(ReservationStore reservations, MeterRegistry meters) {
    this.meters = meters;
    var held = new CachedGauge<>(0L, INTERVAL, reservations::held);
    Gauge.builder("mall.stock.reservations.held", held::value)
        .description("Reservations that wait to be committed, released or expired")
        .register(meters);
  }

  /** Counts replies; to be called when they are committed. */
  public void answered(List<InventoryReply> replies) {
    for (var reply : replies) {
      meters
          .counter("mall.stock.replies", "reply", MessageTypes.nameOf(reply.getClass()))
          .increment();
    }
  }
}
