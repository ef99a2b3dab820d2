package dev.mall.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.benchmarks.measure.RoundVerdict;
import dev.mall.benchmarks.measure.WindowResult;
import dev.mall.benchmarks.measure.Windows;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class BenchReportTest {

  private static final String B1 = "B1-closed";
  private static final WindowResult VOID =
      Windows.window(B1, "mall", 4, 1_000, 9_000, RoundVerdict.FOREIGN_CPU);

  private static final List<WindowResult> WINDOWS =
      List.of(
          Windows.window(B1, "mall", 1, 1_000, 3_000),
          Windows.window(B1, "floor A", 1, 1_000, 2_000),
          Windows.window(B1, "floor A0", 1, 1_000, 1_000),
          Windows.window(B1, "mall", 2, 1_000, 2_000),
          Windows.window(B1, "mall", 3, 1_000, 4_000),
          VOID,
          Windows.window("B3-idle", "mall", 1, 0, 1_500),
          Windows.window("B3-idle", "floor A", 1, 0, 100));

  private static final BenchReport REPORT = report(WINDOWS);

  private static BenchReport report(List<WindowResult> windows) {
    return BenchReport.of(
        List.of(Windows.workload(B1), Windows.workload("B3-idle")),
        windows,
        List.of("profile test"),
        List.of());
  }

  @Test
  void theMedianOfAnEvenNumberOfRoundsIsBetweenTheMiddleTwo() {
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0))).isEqualTo(new Spread(3, 1, 4));
    assertThat(Spread.of(List.of(4.0, 1.0, 3.0, 2.0))).isEqualTo(new Spread(2.5, 1, 4));
    assertThat(Spread.of(List.of(7.0))).isEqualTo(new Spread(7, 7, 7));
  }

  @Test
  void bystandersHaveFiguresWhereThereWereSome() {
    var frozen = Windows.frozen("modes-frozen-participant", "mall TWO_PHASE", 9_000);
    var figures = SystemFigures.of("mall TWO_PHASE", List.of(frozen)).figures();

    assertThat(figures.get(Figure.BYSTANDERS_MAX).median()).isEqualTo(9_000);
    assertThat(REPORT.workloads().getFirst().systems().getFirst().figures())
        .doesNotContainKeys(Figure.BYSTANDERS_P99, Figure.BYSTANDERS_MAX)
        .containsKey(Figure.P99);
  }

  @Test
  void voidRoundsDoNotCount() {
    var mall = REPORT.workloads().getFirst().systems().getFirst();

    assertThat(mall.validRounds()).isEqualTo(3);
    assertThat(mall.voidRounds()).isEqualTo(1);
    assertThat(mall.figures().get(Figure.CPU_MILLIS_PER_ORDER)).isEqualTo(new Spread(3, 2, 4));
    assertThat(mall.figures().get(Figure.COMMITS)).isEqualTo(new Spread(7, 7, 7));
    assertThat(mall.cpuMillisPerOrder().get("service").median()).isEqualTo(2.25);
  }

  @Test
  void comparesWithFloorA() {
    var b1 = REPORT.workloads().getFirst();

    assertThat(b1.ratio(b1.systems().getFirst(), Figure.CPU_MILLIS_PER_ORDER)).hasValue(1.5);
    assertThat(b1.ratio(b1.systems().getLast(), Figure.CPU_MILLIS_PER_ORDER)).hasValue(0.5);
    assertThat(b1.ratio(b1.systems().getFirst(), Figure.IDLE_CPU)).isEmpty();
  }

  @Test
  void anIdleSystemUsesAShareOfACore() {
    var mall = REPORT.workloads().getLast().systems().getFirst();

    assertThat(mall.figures().keySet()).containsExactly(Figure.IDLE_CPU, Figure.IDLE_COMMITS);
    assertThat(mall.figures().get(Figure.IDLE_CPU).median()).isEqualTo(15);
  }

  @Test
  void aSystemWithoutAValidRoundHasNoFigures() {
    var report = report(List.of(VOID));

    assertThat(report.isComplete()).isFalse();
    assertThat(report.workloads().getFirst().systems().getFirst().figures()).isEmpty();
    assertThat(FigureTable.ofOrders(report).aligned().get(1))
        .startsWith("B1-closed  mall")
        .contains("0 (+1 void)");
    assertThat(REPORT.isComplete()).isTrue();
  }

  @Test
  void columnsAreAligned() {
    var lines = FigureTable.ofOrders(REPORT).aligned();

    int column = lines.getFirst().indexOf("CPU-ms/order");
    assertThat(lines.get(1).substring(column)).startsWith("3.00 (2.00-4.00)");
    assertThat(lines.get(2).substring(column)).startsWith("2.00");
  }

  @Test
  void writesJsonMarkdownAndAPlot(@TempDir Path directory) throws Exception {
    ReportFiles.write(REPORT, directory);

    var json = JsonMapper.shared().readTree(read(directory, "result.json"));
    assertThat(json.at("/windows/5/verdict").asString()).isEqualTo("FOREIGN_CPU");
    assertThat(json.at("/workloads/0/systems/0/figures/CPU_MILLIS_PER_ORDER/median").asDouble())
        .isEqualTo(3);
    assertThat(json.at("/machine/processors").asInt()).isPositive();
    assertThat(read(directory, "result.md"))
        .contains("- profile test", "| B1-closed | mall | 3 (+1 void) | 1.50 | 3.00 (2.00-4.00) |")
        .contains("void: other processes used more than 10 % of the CPU", "![CPU time per order]");
    var svg =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(directory.resolve("cpu-per-order.svg").toFile())
            .getDocumentElement();
    assertThat(svg.getElementsByTagName("circle").getLength()).isEqualTo(5);
  }

  @Test
  void thePlotPlacesCostlierOrdersFurtherRight() {
    var plot = DotPlot.of(REPORT);

    assertThat(plot).contains("B1-closed, floor A0", ">3.00<", ">1.00<").doesNotContain("B3-idle");
    assertThat(middles(plot))
        .hasSize(3)
        .satisfies(x -> assertThat(x.get(0)).isGreaterThan(x.get(1)))
        .satisfies(x -> assertThat(x.get(1)).isGreaterThan(x.get(2)));
  }

  private static List<Double> middles(String plot) {
    return java.util.regex.Pattern.compile("<line x1=\"([0-9.]+)\"[^>]*stroke=\"#000\"")
        .matcher(plot)
        .results()
        .map(result -> Double.valueOf(result.group(1)))
        .toList();
  }

  private static String read(Path directory, String name) throws IOException {
    return Files.readString(directory.resolve(name));
  }
}
