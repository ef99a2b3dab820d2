package dev.mall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.launcher.suite.MallService;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherOptionsTest {

  @Test
  void makesTheTourOnLastingDataByDefault() {
    assertThat(LauncherOptions.parse())
        .isEqualTo(
            new LauncherOptions(
                true, false, false, 0, 0, 8080, Optional.empty(), Path.of(".mall")));
  }

  @Test
  void combines() {
    assertThat(
            LauncherOptions.parse(
                "--fresh", "--once", "--load", "5000", "--rate", "20", "--port-base", "9080"))
        .isEqualTo(
            new LauncherOptions(
                true, true, true, 5000, 20, 9080, Optional.empty(), Path.of(".mall")));
  }

  @Test
  void visitsAMallThatRunsElsewhere() {
    var options = LauncherOptions.parse("--against", "http://127.0.0.1", "--port-base", "18080");

    assertThat(options.against()).contains(URI.create("http://127.0.0.1"));
    assertThat(MallService.SAGA.address(options.against().orElseThrow(), options.portBase()))
        .isEqualTo(URI.create("http://127.0.0.1:18085"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"https://mall.example", "http://mall.example/", "http://[::1]"})
  void findsTheServicesOfAnyHost(String host) {
    var against = LauncherOptions.parse("--against", host).against().orElseThrow();

    assertThat(MallService.ORDER.address(against, 8080).resolve("/orders").toString())
        .isEqualTo(host.replaceFirst("/$", "") + ":8081/orders");
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
        "--no-tour --load 10",
        "--rate 10",
        "--load 10 --rate 0",
        "--against",
        "--against 127.0.0.1",
        "--against http://127.0.0.1:8081",
        "--against http://127.0.0.1/orders",
        "--against http://127.0.0.1 --once",
        "--against http://127.0.0.1 --fresh",
        "--against http://127.0.0.1 --no-tour",
        "--once --once"
      })
  void refusesWhatItDoesNotUnderstand(String line) {
    assertThatThrownBy(() -> LauncherOptions.parse(line.split(" ")))
        .isInstanceOf(LauncherOptions.Misunderstood.class)
        .message()
        .isNotBlank();
  }

  @Test
  void refusesWhatIsGivenTwice() {
    assertThatThrownBy(() -> LauncherOptions.parse("--port-base", "9080", "--port-base", "9180"))
        .hasMessage("--port-base is given more than once");
  }
}
