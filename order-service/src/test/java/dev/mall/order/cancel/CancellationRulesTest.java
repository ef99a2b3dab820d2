package dev.mall.order.cancel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.order.OrderStatus;
import dev.mall.order.cancel.CancellationRules.Decision;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CancellationRulesTest {

  @ParameterizedTest
  @CsvSource({
    "PENDING, PT0S, P14D, CALL_OFF",
    "PENDING, PT0S, PT0S, TOO_LATE",
    "CONFIRMED, PT0S, P14D, RETURN",
    "CONFIRMED, PT335H59M59S, P14D, RETURN",
    "CONFIRMED, P14D, P14D, TOO_LATE",
    "CONFIRMED, PT0S, PT0S, TOO_LATE",
    "CANCELLED, PT0S, P14D, CANCELLED_BEFORE",
  })
  void decidesByStatusAndWindow(
      OrderStatus status, Duration settledFor, Duration window, Decision decision) {
    assertThat(CancellationRules.decide(status, false, settledFor, window)).isEqualTo(decision);
  }

  @ParameterizedTest
  @EnumSource
  void changesNothingForARepeatedRequestHoweverLate(OrderStatus status) {
    assertThat(CancellationRules.decide(status, true, Duration.ofDays(99), Duration.ofDays(14)))
        .isEqualTo(Decision.REPEATED);
  }

  @Test
  void keepsTheWindowBelowTheTimeForWhichMessagesAreRemembered() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CancellationProperties(Duration.ofDays(29)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CancellationProperties(Duration.ofSeconds(-1)));
  }
}
