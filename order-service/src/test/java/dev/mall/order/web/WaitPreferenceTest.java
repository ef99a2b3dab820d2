package dev.mall.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.ErrorResponseException;

class WaitPreferenceTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "wait=5                       | 5",
        "wait=0                       | 0",
        "wait=30                      | 30",
        "WAIT = 5                     | 5",
        "wait=\"5\"                   | 5",
        "respond-async, wait=5        | 5",
        "wait=5;priority=1            | 5",
        "wait=5, wait=7               | 5",
        "note=\"a, wait=9\", wait=5   | 5",
        "note=\"a\\\", wait=9\", wait=5 | 5",
        "note=\"a; wait=9\"; x=1,wait=5 | 5",
        ", ,wait=5                     | 5",
        "wait=\" 5 \" ; a=\"1,2\"     | 5",
      })
  void isReadAsTheHeaderAllows(String header, int seconds) {
    assertThat(WaitPreference.parse(header)).hasValue(new WaitPreference(seconds));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "respond-async", "waiting=5", "note=\"wait=5\"", ",,", "=5"})
  void isAbsentWhereNothingIsSaidAboutIt(String header) {
    assertThat(WaitPreference.parse(header)).isEmpty();
  }

  @Test
  void isAbsentWithoutTheHeader() {
    assertThat(WaitPreference.parse(null)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wait=abc",
        "wait",
        "wait=",
        "wait=-1",
        "wait=31",
        "wait=99999999999",
        "wait=1 2",
        "wait=\"5",
        "wait=٣"
      })
  void isRefusedIfItIsNoNumberOfSeconds(String header) {
    assertThatThrownBy(() -> WaitPreference.parse(header))
        .isInstanceOf(ErrorResponseException.class);
  }

  /**
   * Each made the former regular expressions backtrack for seconds, or overflow the stack, at a
   * hundredth of this length. Linear work takes milliseconds, quadratic work hours.
   */
  static Stream<String> attacks() {
    int most = 1_600_000;
    return Stream.of(
        "wait=" + " ".repeat(most) + "\"x\"y",
        "wait" + " ".repeat(most) + "=x",
        " ".repeat(most),
        ",".repeat(most),
        "\"".repeat(most),
        "," + "\"\"".repeat(most / 2),
        ",\",\"".repeat(most / 4),
        ";".repeat(most),
        "wait=" + "9".repeat(most),
        "\"" + "\\".repeat(most));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void isReadInLinearTime(String header) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(5),
        () -> {
          try {
            WaitPreference.parse(header);
          } catch (ErrorResponseException refused) {
            assertThat(refused.getStatusCode().value()).isEqualTo(400);
          }
        });
  }
}
