package dev.mall.order.republish;

import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.Order;
import dev.mall.order.cancel.Cancellations;
import dev.mall.order.query.FindOrders;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Announces orders again that stay pending, and their cancellations: the announcement may be lost,
 * and with it the saga. The interval doubles with each announcement of an order.
 */
@Service
public class RepublishPendingOrders {

  private static final Logger log = LoggerFactory.getLogger(RepublishPendingOrders.class);
  private static final int BATCH = 500;

  private final LateOrders late;
  private final FindOrders find;
  private final Cancellations cancellations;
  private final Outbox outbox;
  private final Clock clock;
  private final Counter announcedAgain;

  RepublishPendingOrders(
      LateOrders late,
      FindOrders find,
      Cancellations cancellations,
      Outbox outbox,
      Clock clock,
      MeterRegistry meters) {
    this.late = late;
    this.find = find;
    this.cancellations = cancellations;
    this.outbox = outbox;
    this.clock = clock;
    this.announcedAgain =
        Counter.builder("mall.orders.announced.again")
            .description("Announcements of orders that stayed pending too long")
            .register(meters);
  }

  /** Announces one batch of late orders. */
  @Scheduled(fixedDelayString = "${mall.orders.announce-every:5s}")
  @Transactional
  public void republishLate() {
    var ids = late.take(BATCH);
    if (ids.isEmpty()) {
      return;
    }
    var orders = find.all(ids);
    outbox.append(orders.values().stream().map(Order::announcement).toList());
    var callOffs = cancellations.callOffs(ids);
    if (!callOffs.isEmpty()) {
      outbox.append(callOffs); // after the announcements, which start what is to be called off
    }
    late.addHistory(ids, clock.instant());
    announcedAgain.increment(ids.size());
    log.warn("republishing {} pending orders, first {}", ids.size(), ids.getFirst());
  }
}
