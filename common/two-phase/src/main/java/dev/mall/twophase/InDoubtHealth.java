package dev.mall.twophase;

import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;

/**
 * Counts the transactions that have been prepared for too long, and lists them in the health
 * report. The service is up: it can only wait.
 */
final class InDoubtHealth implements HealthIndicator {

  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final int MOST = 20;

  private final CachedGauge<List<PreparedTransaction>> inDoubt;

  InDoubtHealth(PreparedTransactions prepared, Duration after, MeterRegistry meters) {
    inDoubt = new CachedGauge<>(List.of(), INTERVAL, () -> prepared.olderThan(after));
    Gauge.builder("mall.two-phase.in-doubt", () -> inDoubt.value().size())
        .description("Prepared transactions that wait too long for their decision, locks held")
        .register(meters);
  }

  @Override
  public Health health() {
    var waiting = inDoubt.value();
    return Health.up()
        .withDetail("inDoubt", waiting.size())
        .withDetail("oldest", waiting.stream().limit(MOST).map(Object::toString).toList())
        .build();
  }
}
