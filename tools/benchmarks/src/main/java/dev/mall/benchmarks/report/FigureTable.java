package dev.mall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * Cells of text.
 *
 * @param rows the titles first; all of the same length
 */
record FigureTable(List<List<String>> rows) {

  private static final List<Figure> SHOWN =
      List.of(
          Figure.CPU_MILLIS_PER_ORDER,
          Figure.ORDERS_PER_SECOND,
          Figure.P50,
          Figure.P90,
          Figure.P99,
          Figure.MAX,
          Figure.BYSTANDERS_P99,
          Figure.BYSTANDERS_MAX,
          Figure.COMMITS,
          Figure.MESSAGES,
          Figure.ROWS,
          Figure.WAL_BYTES,
          Figure.MEGABYTES);

  /** Medians, the primary figure with its extremes and as a multiple of floor A's. */
  static FigureTable ofOrders(BenchReport report) {
    var titles = new ArrayList<>(List.of("workload", "system", "rounds", "× floor A"));
    SHOWN.forEach(figure -> titles.add(figure.title()));
    var rows = new ArrayList<List<String>>(List.of(titles));
    for (var workload : report.workloads()) {
      for (var system : workload.systems()) {
        if (!isIdle(system)) {
          rows.add(row(workload, system));
        }
      }
    }
    return new FigureTable(rows);
  }

  private static List<String> row(WorkloadFigures workload, SystemFigures system) {
    var row = new ArrayList<>(List.of(workload.name(), system.system(), rounds(system)));
    row.add(multiple(workload.ratio(system, Figure.CPU_MILLIS_PER_ORDER)));
    SHOWN.forEach(figure -> row.add(cell(system, figure)));
    return row;
  }

  /** Medians of the differences of each round, with their extremes. */
  static FigureTable ofDifferences(BenchReport report) {
    var titles = new ArrayList<>(List.of("workload", "cost of", "system", "than", "rounds"));
    SystemDifference.COMPARED.forEach(figure -> titles.add(figure.title()));
    titles.add("CPU-ms per order by process");
    var rows = new ArrayList<List<String>>(List.of(titles));
    for (var workload : report.workloads()) {
      workload.differences().forEach(difference -> rows.add(row(workload, difference)));
    }
    return new FigureTable(rows);
  }

  private static List<String> row(WorkloadFigures workload, SystemDifference difference) {
    var row =
        new ArrayList<>(
            List.of(
                workload.name(),
                difference.cause(),
                difference.system(),
                difference.than(),
                Integer.toString(difference.rounds())));
    difference.figures().forEach((figure, spread) -> row.add(signed(figure, spread)));
    row.add(
        String.join(
            ", ",
            difference.cpuMillisPerOrder().entrySet().stream()
                .map(entry ->
                    entry.getKey() + " " + signed(Figure.CPU_MILLIS_PER_ORDER, entry.getValue()))
                .toList()));
    return row;
  }

  private static String signed(Figure figure, Spread spread) {
    var median = signed(figure, spread.median());
    return spread.min() == spread.max()
        ? median
        : "%s (%s to %s)"
            .formatted(median, signed(figure, spread.min()), signed(figure, spread.max()));
  }

  private static String signed(Figure figure, double number) {
    return (number < 0 ? "" : "+") + figure.format(number);
  }

  /** CPU time and commits without orders, of each process. */
  static FigureTable ofIdle(BenchReport report) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "workload",
            "system",
            "rounds",
            Figure.IDLE_CPU.title(),
            Figure.IDLE_COMMITS.title(),
            "% of a core by process"));
    for (var workload : report.workloads()) {
      workload.systems().stream()
          .filter(FigureTable::isIdle)
          .forEach(system ->
              rows.add(
                  List.of(
                      workload.name(),
                      system.system(),
                      rounds(system),
                      cell(system, Figure.IDLE_CPU),
                      cell(system, Figure.IDLE_COMMITS),
                      byProcess(system))));
    }
    return new FigureTable(rows);
  }

  static FigureTable ofProcesses(BenchReport report) {
    var rows = new ArrayList<List<String>>();
    rows.add(List.of("workload", "system", "CPU-ms per order by process"));
    for (var workload : report.workloads()) {
      workload.systems().stream()
          .filter(system -> !isIdle(system))
          .forEach(
              system -> rows.add(List.of(workload.name(), system.system(), byProcess(system))));
    }
    return new FigureTable(rows);
  }

  static FigureTable ofRounds(BenchReport report) {
    var rows = new ArrayList<List<String>>();
    rows.add(
        List.of(
            "workload",
            "system",
            "round",
            "CPU-ms/order",
            "orders/s",
            "p50 ms",
            "p99 ms",
            "503",
            "failed",
            "foreign CPU",
            "resting systems",
            "verdict"));
    for (var window : report.windows()) {
      var usage = window.usage();
      rows.add(
          List.of(
              window.workload(),
              window.system(),
              Integer.toString(window.round()),
              Figure.CPU_MILLIS_PER_ORDER.format(Figure.CPU_MILLIS_PER_ORDER.of(window)),
              Figure.ORDERS_PER_SECOND.format(window.ordersPerSecond()),
              Figure.P50.format(Figure.P50.of(window)),
              Figure.P99.format(Figure.P99.of(window)),
              Long.toString(window.load().shed()),
              Long.toString(window.load().failed()),
              "%.1f %%".formatted(100 * usage.foreign()),
              "%.1f %% of a core".formatted(Figure.percentOfCore(usage.restingCpuMillis(), usage)),
              window.verdict().text()));
    }
    return new FigureTable(rows);
  }

  boolean isEmpty() {
    return rows.size() == 1;
  }

  private static boolean isIdle(SystemFigures system) {
    return system.figures().containsKey(Figure.IDLE_CPU);
  }

  private static String rounds(SystemFigures system) {
    return system.voidRounds() == 0
        ? Integer.toString(system.validRounds())
        : "%d (+%d void)".formatted(system.validRounds(), system.voidRounds());
  }

  private static String cell(SystemFigures system, Figure figure) {
    var spread = system.figures().get(figure);
    if (spread == null) {
      return "-";
    }
    var median = figure.format(spread.median());
    return figure == Figure.CPU_MILLIS_PER_ORDER && system.validRounds() > 1
        ? "%s (%s-%s)".formatted(median, figure.format(spread.min()), figure.format(spread.max()))
        : median;
  }

  private static String byProcess(SystemFigures system) {
    return String.join(
        ", ",
        system.cpuMillisPerOrder().entrySet().stream()
            .map(entry -> "%s %.2f".formatted(entry.getKey(), entry.getValue().median()))
            .toList());
  }

  private static String multiple(OptionalDouble ratio) {
    return ratio.isPresent() ? "%.2f".formatted(ratio.getAsDouble()) : "-";
  }

  /** With columns of equal width. */
  List<String> aligned() {
    int[] widths =
        IntStream.range(0, rows.getFirst().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    return rows.stream().map(row -> aligned(row, widths)).toList();
  }

  private static String aligned(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      line.append(row.get(column)).repeat(" ", widths[column] - row.get(column).length() + 2);
    }
    return line.toString().stripTrailing();
  }

  List<String> markdown() {
    var lines = new ArrayList<String>();
    for (var row : rows) {
      lines.add("| " + String.join(" | ", row) + " |");
      if (lines.size() == 1) {
        lines.add("|---".repeat(row.size()) + "|");
      }
    }
    return lines;
  }
}
