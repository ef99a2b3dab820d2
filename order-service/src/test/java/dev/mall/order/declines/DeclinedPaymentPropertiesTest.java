package dev.mall.order.declines;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeclinedPaymentPropertiesTest {

  private static final Duration SHORT = Duration.ofMillis(1);
  private static final DeclinedPaymentProperties TWO_A_MINUTE =
      new DeclinedPaymentProperties(2, Duration.ofMinutes(1));

  @Test
  void asManyAsAllowedRefuseNothing() {
    assertThat(TWO_A_MINUTE.refusedFor(List.of())).isEmpty();
    assertThat(TWO_A_MINUTE.refusedFor(seconds(0, 0))).isEmpty();
  }

  @Test
  void oneMoreRefusesUntilAsManyAsAllowedAreLeft() {
    assertThat(TWO_A_MINUTE.refusedFor(seconds(1, 20, 50))).contains(Duration.ofSeconds(10));
    assertThat(TWO_A_MINUTE.refusedFor(seconds(50, 1, 20, 2))).contains(Duration.ofSeconds(40));
  }

  @Test
  void anOlderOneCountsNoMore() {
    assertThat(TWO_A_MINUTE.refusedFor(seconds(0, 1, 60))).isEmpty();
    assertThat(TWO_A_MINUTE.refusedFor(List.of(SHORT, SHORT, Duration.ofMillis(59_999))))
        .contains(Duration.ofMillis(1));
  }

  /** After the time that a refusal names, and not before. */
  @Test
  void acceptsAgainWhenTheTimeIsOver() {
    for (int seed = 0; seed < 2000; seed++) {
      var random = new Random(seed);
      var ages =
          Stream.generate(() -> Duration.ofMillis(random.nextInt(70_000)))
              .limit(random.nextInt(8))
              .toList();

      var refused = TWO_A_MINUTE.refusedFor(ages);

      refused.ifPresent(wait -> {
        assertThat(wait).describedAs("of %s", ages).isPositive();
        assertThat(TWO_A_MINUTE.refusedFor(later(ages, wait))).describedAs("of %s", ages).isEmpty();
        assertThat(TWO_A_MINUTE.refusedFor(later(ages, wait.minus(SHORT)))).contains(SHORT);
      });
    }
  }

  private static List<Duration> later(List<Duration> ages, Duration by) {
    return ages.stream().map(age -> age.plus(by)).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT0S", "PT0.999S", "PT-1M", "PT1H0.001S"})
  void aWindowIsBounded(Duration window) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new DeclinedPaymentProperties(5, window))
        .withMessage("mall.orders.declined-payments.window must be from 1s to 1h");
  }

  private static List<Duration> seconds(long... seconds) {
    return LongStream.of(seconds).mapToObj(Duration::ofSeconds).toList();
  }
}
