package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.inventory.stock.reservation.ReservationStore;
import dev.mall.messaging.Sampling;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** What was answered, and how much is held just now. */
@Component
public class StockMetrics {

  private static final Logger log = LoggerFactory.getLogger(StockMetrics.class);

  private static final Duration FRESH = Duration.ofSeconds(5);

  private final ReservationStore reservations;
  private final MeterRegistry meters;
  private final Sampling sampling = new Sampling(FRESH);
  private long held;

  StockMetrics(ReservationStore reservations, MeterRegistry meters) {
    this.reservations = reservations;
    this.meters = meters;
    Gauge.builder("mall.stock.reservations.held", this::held)
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

  /** Counts an index of open work, and that only once in a while. */
  private synchronized long held() {
    if (sampling.isDue()) {
      try {
        held = sampling.read(reservations::held);
      } catch (DataAccessException | TransactionException away) {
        log.debug("Held reservations cannot be counted now", away);
      }
    }
    return held;
  }
}
