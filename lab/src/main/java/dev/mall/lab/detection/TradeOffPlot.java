package dev.mall.lab.detection;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Curves of mistakes against detection time, a panel per trace, as SVG for light and dark pages.
 * The mistakes have a logarithmic axis, on which zero has a place of its own.
 */
final class TradeOffPlot {

  private static final int WIDTH = 900;
  private static final int PANEL_WIDTH = 360;
  private static final int PANEL_HEIGHT = 200;
  private static final int LEFT = 50;
  private static final int TOP = 44;
  private static final int LEGEND = 40;
  private static final int COLUMN = 430;
  private static final int LINE = 270;
  private static final double LONGEST = 1_500;
  private static final double MOST = 600;
  private static final List<Integer> MISTAKES = List.of(0, 1, 10, 100);

  private static final String STYLE =
      """
        <style>
          .page { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e } .grid { stroke: #d1d9e0; stroke-width: 1 }
          .curve { fill: none; stroke-width: 2 }
          .c0 { stroke: #bc4c00 } .c1 { stroke: #0969da; stroke-dasharray: 8 3 } .c2 { stroke: #1a7f37 } .c3 { stroke: #8250df; stroke-dasharray: 2 3 }
          @media (prefers-color-scheme: dark) {
            .page { fill: #0d1117 } .ink { fill: #e6edf3 } .soft { fill: #9198a1 } .grid { stroke: #3d444d }
            .c0 { stroke: #f0883e } .c1 { stroke: #58a6ff } .c2 { stroke: #3fb950 } .c3 { stroke: #bc8cff }
          }
        </style>
      """;

  private final StringBuilder out = new StringBuilder();

  private TradeOffPlot() {}

  /**
   * @param detection milliseconds
   */
  record Point(double detection, int mistakes) {}

  record Curve(String title, List<Point> points) {}

  /**
   * @param curves of the same families in each panel
   */
  record Panel(String title, List<Curve> curves) {}

  static String svg(String title, List<Panel> panels) {
    return new TradeOffPlot().draw(title, panels);
  }

  private String draw(String title, List<Panel> panels) {
    int height = LEGEND + (panels.size() + 1) / 2 * LINE + 20;
    out.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" role="img" aria-labelledby="title" \
        font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="12">
          <title id="title">%s</title>
        """
            .formatted(WIDTH, height, WIDTH, title));
    out.append(STYLE);
    out.append(
        "  <rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n".formatted(WIDTH, height));
    legend(panels.getFirst().curves());
    for (int i = 0; i < panels.size(); i++) {
      panel(panels.get(i), LEFT + i % 2 * COLUMN, LEGEND + TOP + i / 2 * LINE);
    }
    return out.append("</svg>\n").toString();
  }

  private void legend(List<Curve> curves) {
    int at = LEFT;
    for (int i = 0; i < curves.size(); i++) {
      out.append("  <path class=\"curve c%d\" d=\"M%d 24h28\"/>\n".formatted(i, at));
      text("ink", at + 34, 28, "start", curves.get(i).title());
      at += 60 + (int) (curves.get(i).title().length() * 6.2);
    }
  }

  private void panel(Panel panel, int left, int top) {
    text("ink", left, top - 10, "start", panel.title());
    text(
        "soft",
        left + PANEL_WIDTH,
        top - 10,
        "end",
        "false suspicions in the trace, by detection time");
    for (int mistakes : MISTAKES) {
      int y = top + y(mistakes);
      out.append("  <path class=\"grid\" d=\"M%d %dh%d\"/>\n".formatted(left, y, PANEL_WIDTH));
      text("soft", left - 6, y + 4, "end", Integer.toString(mistakes));
    }
    for (int millis = 0; millis <= LONGEST; millis += 500) {
      int x = left + x(millis);
      out.append("  <path class=\"grid\" d=\"M%d %dv%d\"/>\n".formatted(x, top, PANEL_HEIGHT));
      text("soft", x, top + PANEL_HEIGHT + 16, "middle", "%d ms".formatted(millis));
    }
    for (int i = 0; i < panel.curves().size(); i++) {
      curve(i, panel.curves().get(i), left, top);
    }
  }

  /** From the hastiest setting to the first beyond the panel. */
  private void curve(int number, Curve curve, int left, int top) {
    var path =
        curve.points().stream()
            .filter(point -> point.detection() <= LONGEST)
            .map(point -> "%d %d".formatted(left + x(point.detection()), top + y(point.mistakes())))
            .collect(Collectors.joining("L"));
    out.append("  <path class=\"curve c%d\" d=\"M%s\"/>\n".formatted(number, path));
  }

  private void text(String style, int x, int y, String anchor, String text) {
    out.append(
        "  <text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
            .formatted(style, x, y, anchor, text));
  }

  private static int x(double detection) {
    return (int) Math.round(detection / LONGEST * PANEL_WIDTH);
  }

  private static int y(int mistakes) {
    return (int) Math.round(PANEL_HEIGHT * (1 - Math.log1p(mistakes) / Math.log1p(MOST)));
  }
}
