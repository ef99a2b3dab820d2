package dev.mall.inventory.stock;

import dev.mall.inventory.stock.StockRules.Outcome;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationStore;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Puts back on the shelf what was held too long. Any number of replicas may do so at once. */
@Service
class ExpireReservations {

  private final ReservationStore reservations;
  private final StockStore stock;
  private final StockProperties properties;

  ExpireReservations(ReservationStore reservations, StockStore stock, StockProperties properties) {
    this.reservations = reservations;
    this.stock = stock;
    this.properties = properties;
  }

  /** Expires the oldest of them, up to a batch; answers how many. */
  @Transactional
  int expireSome() {
    var overdue = reservations.lockedExpired(properties.sweepBatch());
    if (overdue.isEmpty()) {
      return 0;
    }
    Outcome outcome = StockRules.expire(overdue, stock.locked(skus(overdue)));
    reservations.write(outcome.reservations());
    stock.write(outcome.stock(), Fence.NONE);
    return overdue.size();
  }

  private static Set<String> skus(Collection<Reservation> reservations) {
    var skus = new TreeSet<String>();
    reservations.forEach(reservation -> reservation.lines().forEach(line -> skus.add(line.sku())));
    return skus;
  }
}
