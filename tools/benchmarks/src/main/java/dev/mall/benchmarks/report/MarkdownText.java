package dev.mall.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** The report as a document. */
final class MarkdownText {

  private MarkdownText() {}

  static String of(BenchReport report) {
    var lines = new ArrayList<String>();
    lines.add("# Benchmark of " + report.date());
    lines.add("");
    lines.add(report.machine().line());
    lines.add("");
    report.settings().forEach(setting -> lines.add("- " + setting));
    lines.add("");
    lines.add("![CPU time per order](%s)".formatted(ReportFiles.PLOT));
    if (!report.isSound()) {
      section(lines, "No result: the data is not sound", report.violations());
    }
    section(lines, "Orders", FigureTable.ofOrders(report));
    section(lines, "Differences", FigureTable.ofDifferences(report));
    section(lines, "Idle", FigureTable.ofIdle(report));
    section(lines, "Processes", FigureTable.ofProcesses(report));
    section(lines, "Rounds", FigureTable.ofRounds(report));
    section(
        lines,
        "Workloads",
        report.workloads().stream()
            .map(workload -> "- %s: %s".formatted(workload.name(), workload.title()))
            .toList());
    return String.join("\n", lines) + "\n";
  }

  private static void section(List<String> lines, String title, FigureTable table) {
    if (!table.isEmpty()) {
      section(lines, title, table.markdown());
    }
  }

  private static void section(List<String> lines, String title, List<String> content) {
    lines.addAll(List.of("", "## " + title, ""));
    lines.addAll(content);
  }
}
