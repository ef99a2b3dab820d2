package dev.mall.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.HelpText;
import dev.mall.cli.MallService;
import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import dev.mall.contracts.values.CheckoutMode;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LauncherOptionsTest {

  @Test
  void makesTheTourOnLastingDataByDefault() {
    var options = LauncherOptions.parse();

    assertThat(options.tour()).isTrue();
    assertThat(options.once()).isFalse();
    assertThat(options.fresh()).isFalse();
    assertThat(options.load()).isZero();
    assertThat(options.rate()).isZero();
    assertThat(options.portBase()).isEqualTo(8080);
    assertThat(options.mode()).isEmpty();
    assertThat(options.against()).isEmpty();
    assertThat(options.directory()).isEqualTo(Path.of(".mall"));
  }

  @Test
  void combines() {
    var options =
        LauncherOptions.parse(
            "--fresh --once --load 5000 --rate 20 --port-base 9080 --mode TCC".split(" "));

    assertThat(options.tour()).isTrue();
    assertThat(options.once()).isTrue();
    assertThat(options.fresh()).isTrue();
    assertThat(options.load()).isEqualTo(5000);
    assertThat(options.rate()).isEqualTo(20);
    assertThat(options.portBase()).isEqualTo(9080);
    assertThat(options.mode()).contains(CheckoutMode.TCC);
  }

  @Test
  void explainsEveryOption() {
    var names = OptionParser.names(new LauncherOptions());
    names.remove("--no-tour"); // ./mall up

    assertThat(HelpText.of("demo")).contains(names);
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
        "--no-tour --mode TCC",
        "--mode",
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
        .isInstanceOf(UsageException.class)
        .message()
        .isNotBlank();
  }

  @Test
  void namesTheCheckoutModesThatThereAre() {
    assertThatThrownBy(() -> LauncherOptions.parse("--mode", "BARTER"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--mode needs SAGA or TCC or CHOREOGRAPHY or TWO_PHASE, not 'BARTER'");
  }

  @Test
  void refusesWhatIsGivenTwice() {
    assertThatThrownBy(() -> LauncherOptions.parse("--port-base", "9080", "--port-base", "9180"))
        .hasMessage("--port-base is given more than once");
  }
}
