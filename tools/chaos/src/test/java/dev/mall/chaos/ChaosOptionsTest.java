package dev.mall.chaos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.HelpText;
import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import dev.mall.contracts.values.CheckoutMode;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChaosOptionsTest {

  @Test
  void theShortProfileIsTheUsualOne() {
    var options = ChaosOptions.parse();

    assertThat(options.profile()).isEqualTo(Profile.SHORT);
    assertThat(options.mode()).isEqualTo(CheckoutMode.SAGA);
    assertThat(options.seed()).isEmpty();
  }

  @Test
  void everyOptionIsUnderstood() {
    var options =
        ChaosOptions.parse("--seed", "7", "--only", "Kafka", "--times", "3", "--minutes", "30");

    assertThat(options.commandFor(8))
        .isEqualTo("./mall chaos --profile short --only 'kafka' --times 3 --seed 8");
    assertThat(options.seed()).contains(7L);
    assertThat(options.only()).contains("kafka");
    assertThat(options.times()).isEqualTo(3);
    assertThat(options.time()).contains(Duration.ofMinutes(30));
  }

  @Test
  void aRunUnderAnotherCheckoutModeIsRepeatedUnderIt() {
    var options = ChaosOptions.parse("--mode", "TCC");

    assertThat(options.mode()).isEqualTo(CheckoutMode.TCC);
    assertThat(options.commandFor(8)).isEqualTo("./mall chaos --profile short --mode TCC --seed 8");
  }

  @Test
  void theCheckoutModesAreNamed() {
    assertThatThrownBy(() -> ChaosOptions.parse("--mode", "BARTER"))
        .isInstanceOf(UsageException.class)
        .hasMessage("--mode needs SAGA or TCC or CHOREOGRAPHY or TWO_PHASE, not 'BARTER'");
  }

  @Test
  void everyOptionIsInTheHelp() {
    assertThat(HelpText.of("chaos")).contains(OptionParser.names(new ChaosOptions()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--seed",
        "--seed x",
        "--profile tiny",
        "--fast",
        "--resume --seed 1",
        "--resume --only kafka",
        "--mode",
        "--mode TCC --only upgrade",
        "--times 0",
        "--minutes 0",
        "--profile long --times 2"
      })
  void whatIsNotUnderstoodIsRefused(String line) {
    assertThatThrownBy(() -> ChaosOptions.parse(line.split(" ")))
        .isInstanceOf(UsageException.class);
  }
}
