package dev.mall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.HelpText;
import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {

  @Test
  void theFullProfileIsTheUsualOne() {
    var options = BenchOptions.parse();

    assertThat(options.profile()).isEqualTo(BenchProfile.FULL);
    assertThat(options.only()).isEmpty();
  }

  @Test
  void everyOptionIsUnderstood() {
    var options = BenchOptions.parse("--quick", "--only", "Paced");

    assertThat(options.profile()).isEqualTo(BenchProfile.QUICK);
    assertThat(options.only()).contains("paced");
    assertThat(BenchOptions.parse("--profile", "short").profile()).isEqualTo(BenchProfile.SHORT);
  }

  @Test
  void everyOptionIsInTheHelp() {
    assertThat(HelpText.of("bench")).contains(OptionParser.names(new BenchOptions()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"--only", "--slow", "paced", "--profile tiny", "--quick --profile full"})
  void anUnknownOptionIsRefused(String line) {
    assertThatThrownBy(() -> BenchOptions.parse(line.split(" ")))
        .isInstanceOf(UsageException.class);
  }
}
