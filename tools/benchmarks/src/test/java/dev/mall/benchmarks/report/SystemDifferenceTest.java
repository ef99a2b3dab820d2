package dev.mall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mall.benchmarks.measure.RoundVerdict;
import dev.mall.benchmarks.measure.WindowResult;
import dev.mall.benchmarks.measure.Windows;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class SystemDifferenceTest {

  private static final String CLOSED = "doors-closed";

  /** The rounds become cheaper, so that a median of each system would hide the difference. */
  private static final List<WindowResult> WINDOWS =
      List.of(
          Windows.window(CLOSED, "open", 1, 1_000, 9_000),
          Windows.window(CLOSED, "tokens", 1, 1_000, 9_400),
          Windows.gateway(CLOSED, 1, 1_000, 9_400, 2_000),
          Windows.window(CLOSED, "open", 2, 1_000, 6_000),
          Windows.window(CLOSED, "tokens", 2, 1_000, 6_200),
          Windows.gateway(CLOSED, 2, 1_000, 6_200, 1_000),
          Windows.window(CLOSED, "open", 3, 1_000, 99_000, RoundVerdict.FOREIGN_CPU),
          Windows.window(CLOSED, "tokens", 3, 1_000, 5_000),
          Windows.gateway(CLOSED, 3, 1_000, 4_900, 1_500));

  private static final BenchReport REPORT = report(WINDOWS);

  private static BenchReport report(List<WindowResult> windows) {
    return BenchReport.of(
        List.of(Windows.doors(CLOSED), Windows.workload("B1-closed")),
        windows,
        List.of(),
        List.of());
  }

  private static final List<SystemDifference> DIFFERENCES =
      REPORT.workloads().getFirst().differences();

  @Test
  void comparesEachSystemWithTheOneBeforeRoundByRound() {
    assertThat(DIFFERENCES)
        .extracting(SystemDifference::system, SystemDifference::than, SystemDifference::rounds)
        .containsExactly(tuple("tokens", "open", 2), tuple("gateway", "tokens", 3));
    var validation = DIFFERENCES.getFirst().figures().get(Figure.CPU_MILLIS_PER_ORDER);
    assertThat(validation.median()).isCloseTo(0.3, within());
    assertThat(validation.min()).isCloseTo(0.2, within());
    assertThat(validation.max()).isCloseTo(0.4, within());
  }

  @Test
  void aProcessOfOneSystemAloneCountsWholly() {
    var gateway = DIFFERENCES.getLast().cpuMillisPerOrder();

    assertThat(gateway).containsOnlyKeys("gateway", "postgresql", "service");
    assertThat(gateway.get("gateway").median()).isCloseTo(1.5, within());
    assertThat(gateway.get("service").min()).isNegative();
  }

  @Test
  void comparesNothingWithoutARoundInWhichBothAreValid() {
    var lonely = report(WINDOWS.subList(6, 8)).workloads().getFirst();

    assertThat(lonely.differences()).isEmpty();
    assertThat(FigureTable.ofDifferences(report(WINDOWS.subList(6, 8))).isEmpty()).isTrue();
    assertThat(REPORT.workloads().getLast().differences()).isEmpty();
  }

  @Test
  void theTableHasSignsAndExtremes() {
    var lines = FigureTable.ofDifferences(REPORT).markdown();

    assertThat(lines).hasSize(4);
    assertThat(lines.get(2))
        .startsWith(
            "| doors-closed | token validation | tokens | open | 2 | +0.30 (+0.20 to +0.40) |");
    assertThat(lines.get(3)).contains("gateway +1.50 (+1.00 to +2.00)", "service +0.00 (-0.0");
    assertThat(MarkdownText.of(REPORT)).contains("## Differences");
  }

  private static Offset<Double> within() {
    return Offset.offset(1e-9);
  }
}
