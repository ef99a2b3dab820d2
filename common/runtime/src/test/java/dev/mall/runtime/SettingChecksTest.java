package dev.mall.runtime;

import static dev.mall.runtime.SettingChecks.requirePositive;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SettingChecksTest {

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT-0.000000001S", "PT-24H"})
  void refusesTimesThatAreNotAboveZero(Duration value) {
    assertThatThrownBy(() -> requirePositive("mall.pause", value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mall.pause must be above zero");
  }

  @Test
  void allowsTheShortestTime() {
    assertThatCode(() -> requirePositive("mall.pause", Duration.ofNanos(1)))
        .doesNotThrowAnyException();
  }
}
