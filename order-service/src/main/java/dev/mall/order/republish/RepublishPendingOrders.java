package dev.mall.order.republish;

import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.HistoryEntry;
import dev.mall.order.OrderMetrics;
import dev.mall.order.OrderRows.StoredRow;
import dev.mall.order.OrderStore;
import dev.mall.order.OrderStore.Note;
import java.time.Clock;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Announces orders again that nobody has settled for long: their announcement may be lost, and with
 * it the saga. Less and less often for each order.
 */
@Service
public class RepublishPendingOrders {

  private static final Logger log = LoggerFactory.getLogger(RepublishPendingOrders.class);
  private static final int AT_ONCE = 500;

  private final LateOrders late;
  private final OrderStore orders;
  private final Outbox outbox;
  private final OrderMetrics metrics;
  private final Clock clock;

  RepublishPendingOrders(
      LateOrders late, OrderStore orders, Outbox outbox, OrderMetrics metrics, Clock clock) {
    this.late = late;
    this.orders = orders;
    this.outbox = outbox;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Announces those whose time has come, or as many as are decent at once. */
  @Scheduled(fixedDelayString = "${mall.orders.announce-every:5s}")
  @Transactional
  public void republishLate() {
    var again = late.take(AT_ONCE);
    if (again.isEmpty()) {
      return;
    }
    outbox.append(again.stream().map(l -> l.order().announcement(l.traceparent())).toList());
    orders.note(notes(again), clock.instant());
    metrics.announcedAgain(again.size());
    log.warn("announces {} pending orders again, first {}", again.size(), first(again));
  }

  private static List<Note> notes(List<StoredRow> again) {
    return again.stream()
        .map(l -> new Note(l.order().id(), HistoryEntry.What.ANNOUNCED_AGAIN, null))
        .toList();
  }

  private static long first(List<StoredRow> again) {
    return again.getFirst().order().id();
  }
}
