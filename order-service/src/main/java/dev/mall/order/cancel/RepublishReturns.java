package dev.mall.order.cancel;

import dev.mall.messaging.outbox.Outbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Announces returns again that are late: the announcement may be lost, and with it the saga. It
 * also finds orders that a replica of the release before confirmed without a look at the request.
 */
@Service
public class RepublishReturns {

  private static final Logger log = LoggerFactory.getLogger(RepublishReturns.class);
  private static final int BATCH = 500;

  private final Cancellations cancellations;
  private final Outbox outbox;
  private final Counter announcedAgain;

  RepublishReturns(Cancellations cancellations, Outbox outbox, MeterRegistry meters) {
    this.cancellations = cancellations;
    this.outbox = outbox;
    this.announcedAgain =
        Counter.builder("mall.orders.returns.announced.again")
            .description("Announcements of returns that took too long")
            .register(meters);
  }

  /** Announces one batch of late returns. */
  @Scheduled(fixedDelayString = "${mall.orders.announce-every:5s}")
  @Transactional
  public void republishLate() {
    var late = cancellations.takeLate(BATCH);
    if (!late.isEmpty()) {
      outbox.append(late);
      announcedAgain.increment(late.size());
      log.warn("republishing {} returns, first {}", late.size(), late.getFirst().message());
    }
  }
}
