package dev.mall.saga.runtime;

import dev.mall.runtime.CachedGauge;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.function.ToLongFunction;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Numbers of open sagas and of those that need an operator, for all replicas together. */
@Component
class SagaGauges implements MeterBinder {

  private static final Duration INTERVAL = Duration.ofSeconds(5);

  private static final String COUNT =
      """
      select count(*) as open,
             count(*) filter (where overdue) as overdue,
             count(*) filter (where parked_since is not null) as parked,
             count(*) filter (where attempt = 0) as held,
             (select count(*) from step_pause) as paused,
             (select count(*) from deferred_signal) as deferred
        from saga
       where state in ('RUNNING', 'COMPENSATING')
      """;

  private final CachedGauge<Counts> counts;

  SagaGauges(JdbcClient jdbc) {
    this.counts =
        new CachedGauge<>(
            new Counts(0, 0, 0, 0, 0, 0),
            INTERVAL,
            () -> jdbc.sql(COUNT).query(Counts.class).single());
  }

  private record Counts(
      long open, long overdue, long parked, long held, long paused, long deferred) {}

  @Override
  public void bindTo(MeterRegistry meters) {
    gauge(meters, "mall.sagas.open", "Sagas that have not ended", Counts::open);
    gauge(meters, "mall.sagas.overdue", "Sagas whose step is past its time", Counts::overdue);
    gauge(meters, "mall.sagas.parked", "Sagas that cannot go on by themselves", Counts::parked);
    gauge(meters, "mall.sagas.held", "Sagas held at a paused step", Counts::held);
    gauge(
        meters,
        "mall.sagas.deferred",
        "Signals of sagas that wait for a release that knows their definition",
        Counts::deferred);
    gauge(meters, "mall.sagas.steps.paused", "Steps that are paused", Counts::paused);
  }

  private void gauge(
      MeterRegistry meters, String name, String description, ToLongFunction<Counts> part) {
    Gauge.builder(name, () -> part.applyAsLong(counts.value()))
        .description(description)
        .register(meters);
  }
}
