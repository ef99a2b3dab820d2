package dev.mall.web.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTextTest {

  @ParameterizedTest
  @ValueSource(strings = {"", "plain", "naïve 名前 \uD83D\uDE00", "tab\there", "a\\b"})
  void printableTextStaysAsItIs(String text) {
    assertThat(PlainText.escaped(text)).isSameAs(text);
  }

  @ParameterizedTest
  @MethodSource
  void theRestIsEscaped(String character, String escaped) {
    assertThat(PlainText.escaped("a" + character + "b")).isEqualTo("a" + escaped + "b");
  }

  static Stream<Arguments> theRestIsEscaped() {
    return Stream.of(
        Arguments.of("\n", "\\n"),
        Arguments.of("\r", "\\r"),
        Arguments.of("\u0000", "\\u0000"),
        Arguments.of("\u001B[31m", "\\u001b[31m"),
        Arguments.of("\u0085", "\\u0085"),
        Arguments.of("\u202E", "\\u202e"),
        Arguments.of("\u2066", "\\u2066"),
        Arguments.of("\u200B", "\\u200b"),
        Arguments.of("\uFEFF", "\\ufeff"),
        Arguments.of("\u2028", "\\u2028"),
        Arguments.of("\u2029", "\\u2029"),
        Arguments.of("\uD800", "\\ud800"),
        Arguments.of("\uDC00", "\\udc00"),
        Arguments.of("\uFFFF", "\\uffff"),
        Arguments.of("\uDB40\uDC41", "\\x{e0041}"));
  }
}
