package dev.mall.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class PollingTest {

  @Test
  void checksUntilTheConditionIsTrue() throws Exception {
    var checks = new AtomicInteger();

    assertThat(Polling.until(Duration.ofMinutes(1), () -> checks.incrementAndGet() == 2)).isTrue();

    assertThat(checks).hasValue(2);
  }

  @Test
  void givesUpWhenTheTimeIsOver() {
    assertThatThrownBy(() -> Polling.require(Duration.ZERO, () -> false, () -> "no answer"))
        .isInstanceOf(Polling.TimedOutException.class)
        .hasMessage("no answer after 0 s");
  }
}
