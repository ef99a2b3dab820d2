package dev.mall.benchmarks.report;

import dev.mall.cli.Terminal;

/** Prints a report's tables. */
public final class ReportPrinter {

  private ReportPrinter() {}

  public static void print(BenchReport report, Terminal terminal) {
    print("Orders", FigureTable.ofOrders(report), terminal);
    print("Differences", FigureTable.ofDifferences(report), terminal);
    print("Idle", FigureTable.ofIdle(report), terminal);
    print("Processes", FigureTable.ofProcesses(report), terminal);
    terminal.aside(report.machine().line());
    report.settings().forEach(terminal::aside);
  }

  private static void print(String title, FigureTable table, Terminal terminal) {
    if (!table.isEmpty()) {
      terminal.title(title);
      table.aligned().forEach(terminal::line);
    }
  }
}
