package dev.mall.saga.runtime;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimerPropertiesTest {

  @Test
  void refusesAHotPoll() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimerProperties(200, Duration.ZERO, Duration.ofSeconds(1)))
        .withMessageContaining("mall.saga.timers.pause");
  }

  @Test
  void refusesToSleepLessThanItPauses() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TimerProperties(200, Duration.ofSeconds(2), Duration.ofSeconds(1)))
        .withMessageContaining("mall.saga.timers.look-at-least");
  }
}
