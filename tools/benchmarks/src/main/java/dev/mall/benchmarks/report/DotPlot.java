package dev.mall.benchmarks.report;

import dev.mall.benchmarks.measure.WindowResult;
import java.util.ArrayList;
import java.util.List;

/**
 * CPU time per order as an SVG image: a row for each workload and system, a dot for each valid
 * round, a line at the median. The axis is logarithmic, because the costs differ by a factor of
 * fifty.
 */
final class DotPlot {

  private static final int LEFT = 210;
  private static final int WIDTH = 860;
  private static final int RIGHT = 70;
  private static final int TOP = 40;
  private static final int ROW = 22;
  private static final int BOTTOM = 40;

  private final List<Row> rows;
  private final int lowest;
  private final int highest;

  private record Row(String label, List<Double> rounds, double median) {}

  private DotPlot(List<Row> rows) {
    this.rows = rows;
    var values = rows.stream().flatMap(row -> row.rounds().stream()).toList();
    lowest = (int) Math.floor(Math.log10(values.stream().mapToDouble(v -> v).min().orElse(1)));
    highest =
        Math.max(
            lowest + 1,
            (int) Math.ceil(Math.log10(values.stream().mapToDouble(v -> v).max().orElse(10))));
  }

  static String of(BenchReport report) {
    var rows = new ArrayList<Row>();
    for (var workload : report.workloads()) {
      for (var system : workload.systems()) {
        var spread = system.figures().get(Figure.CPU_MILLIS_PER_ORDER);
        if (spread != null && spread.min() > 0) {
          rows.add(
              new Row(
                  workload.name() + ", " + system.system(),
                  report.windows().stream()
                      .filter(window -> window.isOf(workload.name(), system.system()))
                      .filter(window -> !window.verdict().isVoid())
                      .map((WindowResult window) -> Figure.CPU_MILLIS_PER_ORDER.of(window))
                      .toList(),
                  spread.median()));
        }
      }
    }
    return new DotPlot(rows).draw();
  }

  private String draw() {
    int height = TOP + ROW * rows.size() + BOTTOM;
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" font-family="sans-serif" font-size="12">
        <rect width="%1$d" height="%2$d" fill="#fff"/>
        <text x="%3$d" y="20" font-size="14">CPU time per order in ms, all processes (logarithmic)</text>
        """
            .formatted(WIDTH, height, LEFT));
    for (int power = lowest; power <= highest; power++) {
      svg.append(gridLine(power, height - BOTTOM));
    }
    for (int i = 0; i < rows.size(); i++) {
      svg.append(row(rows.get(i), TOP + ROW * i + ROW / 2));
    }
    return svg.append("</svg>\n").toString();
  }

  private String gridLine(int power, int bottom) {
    double value = Math.pow(10, power);
    var label = power < 0 ? Double.toString(value) : Long.toString(Math.round(value));
    return """
    <line x1="%1$.1f" x2="%1$.1f" y1="%2$d" y2="%3$d" stroke="#ccc"/>
    <text x="%1$.1f" y="%4$d" text-anchor="middle">%5$s</text>
    """
        .formatted(x(value), TOP, bottom, bottom + 18, label);
  }

  private String row(Row row, int y) {
    var svg = new StringBuilder();
    svg.append(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>\n"
            .formatted(LEFT - 10, y + 4, escaped(row.label())));
    for (double round : row.rounds()) {
      svg.append(
          "<circle cx=\"%.1f\" cy=\"%d\" r=\"4\" fill=\"#2a6fbb\" fill-opacity=\"0.5\"/>\n"
              .formatted(x(round), y));
    }
    double middle = x(row.median());
    return svg.append(
            """
            <line x1="%1$.1f" x2="%1$.1f" y1="%2$d" y2="%3$d" stroke="#000" stroke-width="2"/>
            <text x="%4$.1f" y="%5$d">%6$.2f</text>
            """
                .formatted(middle, y - 7, y + 7, middle + 10, y + 4, row.median()))
        .toString();
  }

  private double x(double value) {
    double part = (Math.log10(value) - lowest) / (highest - lowest);
    return LEFT + part * (WIDTH - LEFT - RIGHT);
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}
