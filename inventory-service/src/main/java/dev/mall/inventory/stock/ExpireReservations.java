package dev.mall.inventory.stock;

import dev.mall.inventory.stock.StockRules.Outcome;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationStore;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Expires overdue reservations and frees their stock. Replicas may do so concurrently. */
@Service
class ExpireReservations {

  private final ReservationStore reservations;
  private final StockStore stock;
  private final StockProperties properties;
  private final ApplicationEventPublisher events;

  ExpireReservations(
      ReservationStore reservations,
      StockStore stock,
      StockProperties properties,
      ApplicationEventPublisher events) {
    this.reservations = reservations;
    this.stock = stock;
    this.properties = properties;
    this.events = events;
  }

  /** Published in the transaction. */
  record ReservationsExpired(int count) {}

  /** Expires a batch of the oldest overdue reservations and returns how many. */
  @Transactional
  int expireSome() {
    var overdue = reservations.lockedExpired(properties.sweepBatch());
    if (overdue.isEmpty()) {
      return 0;
    }
    Outcome outcome = StockRules.expire(overdue, stock.locked(skus(overdue)));
    reservations.write(outcome.reservations());
    stock.write(outcome.stock(), Fence.NONE);
    events.publishEvent(new ReservationsExpired(overdue.size()));
    return overdue.size();
  }

  private static Set<String> skus(Collection<Reservation> reservations) {
    var skus = new TreeSet<String>();
    reservations.forEach(reservation -> reservation.lines().forEach(line -> skus.add(line.sku())));
    return skus;
  }
}
