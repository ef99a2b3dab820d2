package dev.mall.saga.operator.deadletters;

import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The number of dead letters that wait for an operator. */
@Component
class DeadLetterGauge implements MeterBinder {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final String COUNT = "select count(*) from dead_letter where status = 'WAITING'";

  private final CachedGauge<Long> waiting;

  DeadLetterGauge(JdbcClient jdbc) {
    this.waiting =
        new CachedGauge<>(0L, INTERVAL, () -> jdbc.sql(COUNT).query(Long.class).single());
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    Gauge.builder("mall.dead.letters.waiting", waiting::value)
        .description("Dead letters that wait until an operator sends them again or discards them")
        .register(meters);
  }
}
