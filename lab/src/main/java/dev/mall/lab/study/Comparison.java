package dev.mall.lab.study;

import dev.mall.lab.trial.Trial;
import java.util.List;

/** Choices side by side, as their runs on real servers found them. */
public non-sealed interface Comparison extends Study {

  /** Runs every choice. Cells that are not measured are the same in each run. */
  Result compare(Trial trial) throws Exception;

  /**
   * @param measured whether cells vary from run to run, as times do
   */
  record Column(String title, boolean measured) {

    public static Column of(String title) {
      return new Column(title, false);
    }

    public static Column measured(String title) {
      return new Column(title, true);
    }
  }

  /**
   * @param rows as many cells each as there are columns
   */
  record Table(String caption, List<Column> columns, List<List<String>> rows) {

    public Table {
      columns = List.copyOf(columns);
      rows = rows.stream().map(List::copyOf).toList();
      for (var row : rows) {
        if (row.size() != columns.size()) {
          throw new IllegalArgumentException(
              "%d columns, but a row of %d cells: %s".formatted(columns.size(), row.size(), row));
        }
      }
    }
  }

  /**
   * A drawing of measurements.
   *
   * @param name of its file, which follows the study's name: {@code words-with-hyphens}
   * @param svg the file's content, readable on light and dark pages, without script
   */
  record Figure(String name, String title, String svg) {}

  /** The tables and figures, in the order of the page. */
  record Result(List<Table> tables, List<Figure> figures) {

    public Result {
      tables = List.copyOf(tables);
      figures = List.copyOf(figures);
    }

    public static Result of(Table... tables) {
      return new Result(List.of(tables), List.of());
    }
  }
}
