package dev.mall.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.benchmarks.measure.BenchProfile;
import dev.mall.benchmarks.measure.WorkloadDefinition;
import dev.mall.benchmarks.measure.Workloads;
import dev.mall.cli.HelpText;
import dev.mall.cli.MallService;
import dev.mall.cli.OptionParser;
import dev.mall.cli.UsageException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchOptionsTest {

  @Test
  void measuresEverythingFullyByDefault() {
    var options = BenchOptions.parse();

    assertThat(options.profile()).isEqualTo(BenchProfile.FULL);
    assertThat(options.resume()).isFalse();
    assertThat(options.workloads())
        .extracting(WorkloadDefinition::name)
        .containsExactly(
            "B1-closed",
            "B2-hot-sku",
            "B3-paced-5",
            "B3-paced-20",
            "B3-paced-50",
            "B3-paced-100",
            "B3-idle",
            "B5-declined");
  }

  @Test
  void everyOptionIsUnderstood() {
    var options =
        BenchOptions.parse("--quick", "--only", "Paced", "--resume", "--output", "some/where");

    assertThat(options.profile()).isEqualTo(BenchProfile.QUICK);
    assertThat(options.workloads()).hasSize(4).allMatch(each -> each.name().contains("paced"));
    assertThat(options.resume()).isTrue();
    assertThat(options.output()).isEqualTo(Path.of("some/where"));
    assertThat(BenchOptions.parse("--profile", "medium").profile()).isEqualTo(BenchProfile.MEDIUM);
  }

  @Test
  void theModesAreComparedIfTheyAreAskedFor() {
    var modes = BenchOptions.parse("--only", "modes").workloads();

    assertThat(modes)
        .extracting(WorkloadDefinition::name)
        .containsExactly(
            "modes-closed",
            "modes-hot-sku",
            "modes-paced-20",
            "modes-frozen-coordinator",
            "modes-frozen-participant");
    assertThat(modes).allMatch(each -> each.systems().contains("mall TWO_PHASE"));
    assertThat(BenchOptions.parse("--only", "modes-frozen").workloads())
        .extracting(WorkloadDefinition::frozen)
        .containsExactly(Optional.of(MallService.SAGA), Optional.of(MallService.PAYMENT));
  }

  @Test
  void tokensAndGatewayAreComparedIfTheyAreAskedFor() {
    var options = BenchOptions.parse("--quick", "--only", "Doors");

    assertThat(options.comparesDoors()).isTrue();
    assertThat(options.workloads())
        .extracting(WorkloadDefinition::name)
        .containsExactly("doors-closed", "doors-paced-20");
    assertThat(options.workloads())
        .allMatch(each -> each.systems().equals(List.of("open", "tokens", "gateway")));
    assertThat(BenchOptions.parse("--quick").comparesDoors()).isFalse();
    assertThat(BenchOptions.parse("--only", "modes").comparesDoors()).isFalse();
  }

  @Test
  void everyWorkloadIsInTheHelp() {
    var usual = BenchProfile.FULL.assortment();

    assertThat(
            Stream.of(Workloads.all(usual), Workloads.modes(usual), Workloads.doors(usual))
                .flatMap(List::stream)
                .map(WorkloadDefinition::name))
        .allSatisfy(name -> assertThat(HelpText.of("bench")).contains(name));
  }

  @Test
  void anUnknownWorkloadIsRefusedWithTheNamesOfAll() {
    assertThatThrownBy(() -> BenchOptions.parse("--only", "B99"))
        .isInstanceOf(UsageException.class)
        .hasMessageContainingAll("'B99'", "B1-closed", "B2-hot-sku", "B3-idle", "B5-declined");
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
