package dev.mall.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SamplingTest {

  @Test
  void readsAtOnceAndThenWaits() {
    var sampling = new Sampling(Duration.ofHours(1));
    assertThat(sampling.isDue()).isTrue();

    assertThat(sampling.read(() -> 7)).isEqualTo(7);

    assertThat(sampling.isDue()).isFalse();
  }

  @Test
  void waitsLongerAfterASlowReading() {
    var sampling = new Sampling(Duration.ZERO);

    var took = sampling.read(SamplingTest::slowly);

    var end = Instant.now();
    while (!sampling.isDue()) {
      Thread.onSpinWait();
    }
    assertThat(Duration.between(end, Instant.now())).isGreaterThan(took.multipliedBy(10));
  }

  @Test
  void waitsAfterAFailure() {
    var sampling = new Sampling(Duration.ofHours(1));

    assertThatThrownBy(() -> sampling.read(SamplingTest::failing))
        .isInstanceOf(IllegalStateException.class);

    assertThat(sampling.isDue()).isFalse();
  }

  /** For longer than a pause of the machine. */
  private static Duration slowly() {
    var start = System.nanoTime();
    while (System.nanoTime() - start < 20_000_000) {
      Thread.onSpinWait();
    }
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static int failing() {
    throw new IllegalStateException("no database");
  }
}
