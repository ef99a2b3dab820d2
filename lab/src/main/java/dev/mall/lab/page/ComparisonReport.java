package dev.mall.lab.page;

import dev.mall.cli.Terminal;
import dev.mall.lab.study.Comparison;
import dev.mall.lab.study.Comparison.Column;
import dev.mall.lab.study.Comparison.Result;
import dev.mall.lab.study.Comparison.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A comparison's tables as lines, in columns. */
public final class ComparisonReport {

  private final Terminal terminal;

  public ComparisonReport(Terminal terminal) {
    this.terminal = terminal;
  }

  public void print(Comparison comparison, Result result) {
    terminal.title("%s: %s".formatted(comparison.name(), comparison.title()));
    result.tables().forEach(this::print);
  }

  private void print(Table table) {
    var rows = new ArrayList<List<String>>();
    rows.add(table.columns().stream().map(Column::title).toList());
    rows.addAll(table.rows());
    var widths =
        IntStream.range(0, table.columns().size())
            .map(column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toArray();
    terminal.line("");
    terminal.line(table.caption());
    rows.forEach(row -> terminal.line("  " + line(row, widths)));
  }

  private static String line(List<String> cells, int... widths) {
    return IntStream.range(0, cells.size())
        .mapToObj(i -> cells.get(i) + " ".repeat(widths[i] - cells.get(i).length()))
        .collect(Collectors.joining("  "))
        .stripTrailing();
  }
}
