package dev.mall.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
  @ValueSource(strings = {"wait=abc", "wait", "wait=", "wait=-1", "wait=31", "wait=99999999999"})
  void isRefusedIfItIsNoNumberOfSeconds(String header) {
    assertThatThrownBy(() -> WaitPreference.parse(header))
        .isInstanceOf(ErrorResponseException.class);
  }
}
