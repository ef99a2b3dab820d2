package dev.mall.saga.engine.definition;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.mall.contracts.values.StepKey;
import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final double MIDDLE = 0.5;

  private final RetryPolicy doubling = new RetryPolicy(2, ofMinutes(1), 0.2);

  @Test
  void waitsLongerEachTimeUpToTheCap() {
    assertThat(doubling.wait(ofSeconds(10), 1, MIDDLE)).isEqualTo(ofSeconds(10));
    assertThat(doubling.wait(ofSeconds(10), 2, MIDDLE)).isEqualTo(ofSeconds(20));
    assertThat(doubling.wait(ofSeconds(10), 3, MIDDLE)).isEqualTo(ofSeconds(40));
    assertThat(doubling.wait(ofSeconds(10), 4, MIDDLE)).isEqualTo(ofMinutes(1));
    assertThat(doubling.wait(ofSeconds(10), Integer.MAX_VALUE, MIDDLE)).isEqualTo(ofMinutes(1));
  }

  @Test
  void neverWaitsLessThanATimeoutAboveTheCap() {
    assertThat(doubling.wait(ofMinutes(5), 1, MIDDLE)).isEqualTo(ofMinutes(5));
    assertThat(doubling.wait(ofMinutes(5), 9, MIDDLE)).isEqualTo(ofMinutes(5));
  }

  @Test
  void spreadsItsWaits() {
    assertThat(doubling.wait(ofSeconds(10), 1, 0)).isEqualTo(ofSeconds(8));
    assertThat(doubling.wait(ofSeconds(10), 1, 0.999_999))
        .isBetween(ofMillis(11_999), ofSeconds(12));
  }

  @Test
  void sumsUpWhatWasWaited() {
    assertThat(doubling.waitedAfter(4, ofSeconds(10))).isEqualTo(ofSeconds(130));
  }

  @Test
  void throwsItsDiceEvenlyAndTheSameForOneAttempt() {
    var ids = LongStream.range(0, 1_000).mapToObj(id -> new StepKey(id, "pay", 1)).toList();
    for (int tenth = 0; tenth < 10; tenth++) {
      double from = tenth / 10.0;
      var there =
          ids.stream()
              .mapToDouble(key -> CommandIds.dice(CommandIds.of(key), 1))
              .filter(dice -> dice >= from && dice < from + 0.1);
      assertThat(there.count()).isBetween(60L, 140L);
    }
    assertThat(CommandIds.dice(CommandIds.of(ids.getFirst()), 3))
        .isEqualTo(CommandIds.dice(CommandIds.of(ids.getFirst()), 3))
        .isNotEqualTo(CommandIds.dice(CommandIds.of(ids.getFirst()), 4));
  }

  @Test
  void refusesNonsense() {
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(0.5, ofMinutes(1), 0.2));
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(2, Duration.ZERO, 0.2));
    assertThatIllegalArgumentException().isThrownBy(() -> new RetryPolicy(2, ofMinutes(1), 1));
  }
}
