package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.Sampling;
import dev.mall.messaging.outbox.relay.OutboxStore.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** How far the relay is behind: counted when a gauge is read, at a bounded share of the time. */
final class OutboxMetrics implements MeterBinder {

  private static final Logger log = LoggerFactory.getLogger(OutboxMetrics.class);

  private static final Duration FRESH = Duration.ofSeconds(2);

  private final OutboxStore store;
  private final OutboxQuarantine quarantine;
  private final Sampling sampling = new Sampling(FRESH);
  private Known known = new Known(new Backlog(0, Duration.ZERO), 0);

  OutboxMetrics(OutboxStore store, OutboxQuarantine quarantine) {
    this.store = store;
    this.quarantine = quarantine;
  }

  private record Known(Backlog backlog, long quarantined) {}

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("mall.outbox.rows", () -> known().backlog().rows())
        .description("Messages waiting to be published")
        .register(meters);
    Gauge.builder("mall.outbox.oldest", () -> known().backlog().oldest().toMillis() / 1000.0)
        .description("How long the oldest message has been waiting to be published")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("mall.outbox.quarantined", () -> known().quarantined())
        .description("Messages that Kafka refuses for good, waiting for an operator")
        .register(meters);
  }

  /**
   * NaN in the metric would hide a growing outbox: while the database is away the last one stays.
   */
  private synchronized Known known() {
    if (sampling.isDue()) {
      try {
        known = sampling.read(() -> new Known(store.backlog(), quarantine.count()));
      } catch (DataAccessException | TransactionException away) {
        log.debug("The outbox cannot be counted now", away);
      }
    }
    return known;
  }
}
