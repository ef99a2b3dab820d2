package dev.mall.inventory.stock;

import dev.mall.inventory.stock.reservation.ReservationStore;
import java.time.Duration;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/** Expires reservations when the next one is due, and polls at a maximum interval. */
@Component
class ReservationExpiryJob implements SchedulingConfigurer {

  private static final Logger log = LoggerFactory.getLogger(ReservationExpiryJob.class);

  /** An overdue row may be locked briefly by another transaction. */
  private static final Duration SHORTEST_PAUSE = Duration.ofMillis(200);

  private final ExpireReservations expire;
  private final ReservationStore reservations;
  private final StockProperties properties;
  private volatile Duration pause = SHORTEST_PAUSE;

  ReservationExpiryJob(
      ExpireReservations expire, ReservationStore reservations, StockProperties properties) {
    this.expire = expire;
    this.reservations = reservations;
    this.properties = properties;
  }

  @Override
  public void configureTasks(ScheduledTaskRegistrar tasks) {
    tasks.addTriggerTask(
        this::expireOverdue,
        context ->
            Objects.requireNonNullElseGet(context.lastCompletion(), context.getClock()::instant)
                .plus(pause));
  }

  void expireOverdue() {
    try {
      int count;
      do {
        count = expire.expireSome();
      } while (count == properties.sweepBatch());
      pause = pauseUntilNext();
    } catch (DataAccessException | TransactionException unavailable) {
      log.warn("Cannot expire reservations, retrying later: {}", unavailable.getMessage());
      pause = properties.sweepAtMost();
    }
  }

  private Duration pauseUntilNext() {
    var most = properties.sweepAtMost();
    var next = reservations.untilNextExpiry(most).orElse(most);
    return clamp(next, SHORTEST_PAUSE, most);
  }

  private static Duration clamp(Duration value, Duration least, Duration most) {
    if (value.compareTo(least) < 0) {
      return least;
    }
    return value.compareTo(most) > 0 ? most : value;
  }
}
