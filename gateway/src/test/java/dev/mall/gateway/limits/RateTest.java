package dev.mall.gateway.limits;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateTest {

  private static final Rate RATE = new Rate(3, Duration.ofSeconds(10));

  private final AtomicLong now = new AtomicLong(1_000_000);
  private final LocalRates rates = new LocalRates(now::get);

  @Test
  void allowsTheBurstAndThenOnePerPeriod() {
    assertThat(rates.take("a", RATE)).isEqualTo(new Rate.Decision(true, 2, 10_000, 0));
    assertThat(rates.take("a", RATE)).isEqualTo(new Rate.Decision(true, 1, 20_000, 0));
    assertThat(rates.take("a", RATE)).isEqualTo(new Rate.Decision(true, 0, 30_000, 0));
    assertThat(rates.take("a", RATE)).isEqualTo(new Rate.Decision(false, 0, 30_000, 10_000));

    now.addAndGet(9_999);
    assertThat(rates.take("a", RATE).retryMillis()).isEqualTo(1);
    now.addAndGet(1);
    assertThat(rates.take("a", RATE).allowed()).isTrue();
    assertThat(rates.take("a", RATE).allowed()).isFalse();
  }

  @Test
  void countsFromAnyTime() {
    now.set(-5_000_000);

    for (int i = 0; i < 3; i++) {
      assertThat(rates.take("a", RATE).allowed()).isTrue();
    }
    assertThat(rates.take("a", RATE).allowed()).isFalse();
  }

  @Test
  void countsKeysApart() {
    for (int i = 0; i < 3; i++) {
      rates.take("a", RATE);
    }

    assertThat(rates.take("a", RATE).allowed()).isFalse();
    assertThat(rates.take("b", RATE).allowed()).isTrue();
  }

  @Test
  void allowsTheWholeBurstAfterAPause() {
    for (int i = 0; i < 3; i++) {
      rates.take("a", RATE);
    }
    now.addAndGet(30_000);

    assertThat(rates.take("a", RATE).remaining()).isEqualTo(2);
  }
}
