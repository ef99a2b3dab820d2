package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.outbox.relay.OutboxStore.Backlog;
import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/** Gauges of the relay's backlog. */
final class OutboxMetrics implements MeterBinder {

  private static final Duration INTERVAL = Duration.ofSeconds(2);

  private final CachedGauge<Known> known;

  OutboxMetrics(OutboxStore store, OutboxQuarantine quarantine) {
    this.known =
        new CachedGauge<>(
            new Known(new Backlog(0, Duration.ZERO), 0),
            INTERVAL,
            () -> new Known(store.backlog(), quarantine.count()));
  }

  private record Known(Backlog backlog, long quarantined) {}

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("mall.outbox.rows", () -> known.value().backlog().rows())
        .description("Messages waiting to be published")
        .register(meters);
    Gauge.builder("mall.outbox.oldest", () -> known.value().backlog().oldest().toMillis() / 1000.0)
        .description("How long the oldest message has been waiting to be published")
        .baseUnit("seconds")
        .register(meters);
    Gauge.builder("mall.outbox.quarantined", () -> known.value().quarantined())
        .description("Messages that Kafka refuses for good, waiting for an operator")
        .register(meters);
  }
}
