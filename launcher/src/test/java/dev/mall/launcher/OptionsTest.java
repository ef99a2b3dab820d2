package dev.mall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptionsTest {

  @Test
  void makesTheTourOnLastingDataByDefault() {
    assertThat(Options.parse())
        .isEqualTo(new Options(true, false, false, 0, 8080, Path.of(".mall")));
  }

  @Test
  void combines() {
    assertThat(Options.parse("--fresh", "--once", "--load", "5000", "--port-base", "9080"))
        .isEqualTo(new Options(true, true, true, 5000, 9080, Path.of(".mall")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--nonsense",
        "5000",
        "--load",
        "--load 0",
        "--load -1",
        "--load many",
        "--load 9999999999",
        "--port-base 65531",
        "--no-tour --load 10"
      })
  void refusesWhatItDoesNotUnderstand(String line) {
    assertThatThrownBy(() -> Options.parse(line.split(" ")))
        .isInstanceOf(Options.Misunderstood.class)
        .message()
        .isNotBlank();
  }
}
