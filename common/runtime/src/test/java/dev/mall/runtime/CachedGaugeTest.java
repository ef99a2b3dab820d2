package dev.mall.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class CachedGaugeTest {

  @Test
  void queriesOncePerInterval() {
    var queries = new AtomicInteger();
    var gauge = new CachedGauge<>(0, Duration.ofHours(1), queries::incrementAndGet);

    assertThat(gauge.value()).isEqualTo(1);
    assertThat(gauge.value()).isEqualTo(1);
  }

  @Test
  void keepsTheLastValueWhileTheDatabaseIsUnavailable() {
    var gauge =
        new CachedGauge<>(
            7,
            Duration.ZERO,
            () -> {
              throw new DataAccessResourceFailureException("no connection");
            });

    assertThat(gauge.value()).isEqualTo(7);
  }

  @Test
  void doesNotHideAMistakeInTheQuery() {
    var gauge =
        new CachedGauge<>(
            7,
            Duration.ZERO,
            () -> {
              throw new IllegalStateException("no such column");
            });

    assertThatThrownBy(gauge::value).isInstanceOf(IllegalStateException.class);
  }
}
