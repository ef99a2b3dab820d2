package dev.mall.twophase;

import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;

/** Counts the transactions that have been prepared for too long. */
final class InDoubtMetric implements MeterBinder {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private final CachedGauge<Integer> inDoubt;

  InDoubtMetric(PreparedTransactions prepared, Duration after) {
    inDoubt = new CachedGauge<>(0, INTERVAL, () -> prepared.olderThan(after).size());
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("mall.two-phase.in-doubt", inDoubt::value)
        .description("Prepared transactions that wait too long for their decision, locks held")
        .register(meters);
  }
}
