package dev.mall.lab.page;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Event;
import dev.mall.lab.history.History.Message;
import dev.mall.lab.history.History.Span;
import dev.mall.lab.history.Violation;
import java.util.ArrayList;
import java.util.List;

/**
 * A space-time diagram as SVG, for light and dark pages: time runs downwards, and the text of each
 * event stands beside the lines of the nodes.
 */
public final class SpaceTimeSvg {

  private static final int MARGIN = 20;
  private static final int SHORTEST_LANE = 96;
  private static final int HEADER = 46;
  private static final int ROW = 28;
  private static final int LINE = 20;
  private static final double CHARACTER = 7.1;
  private static final double HEADING_CHARACTER = 7.8;
  private static final int LONGEST_LINE = 120;

  private static final String STYLE =
      """
        <style>
          .page { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e } .bad { fill: #cf222e }
          .life { stroke: #8c959f; stroke-width: 1.5 } .paused { stroke: #59636e; stroke-width: 2; stroke-dasharray: 2 4 }
          .holds { fill: #54aeff; fill-opacity: 0.45 } .band { fill: #ffebe9 } .dot { fill: #1f2328 }
          .arrow { stroke: #0969da; stroke-width: 1.5; fill: none } .head { fill: #0969da }
          .lost { stroke: #cf222e; stroke-width: 1.5; stroke-dasharray: 4 4; fill: none }
          .ring { stroke: #cf222e; stroke-width: 2; fill: none } .erase { stroke: #ffffff; stroke-width: 4 }
          @media (prefers-color-scheme: dark) {
            .page { fill: #0d1117 } .ink { fill: #e6edf3 } .soft { fill: #9198a1 } .bad { fill: #ff7b72 }
            .life { stroke: #6e7681 } .paused { stroke: #9198a1 } .holds { fill: #388bfd } .band { fill: #3d1416 } .dot { fill: #e6edf3 }
            .arrow { stroke: #58a6ff } .head { fill: #58a6ff } .lost, .ring { stroke: #ff7b72 } .erase { stroke: #0d1117 }
          }
        </style>
        <defs>
          <marker id="head" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto"><path class="head" d="M0 0 8 4 0 8z"/></marker>
        </defs>
      """;

  private final History history;
  private final List<Violation> violations;
  private final StringBuilder out = new StringBuilder();
  private final int lane;
  private final int numbersAt;
  private final int width;
  private final List<String> notes;

  private SpaceTimeSvg(History history, List<Violation> violations) {
    this.history = history;
    this.violations = violations;
    this.lane =
        Math.max(SHORTEST_LANE, (int) (longest(history.nodes()) * HEADING_CHARACTER) + MARGIN);
    this.numbersAt = x(history.nodes().size() - 1) + SHORTEST_LANE / 2;
    this.notes =
        violations.stream().flatMap(found -> wrapped("✗ " + found.cited()).stream()).toList();
    int log = longest(history.events().stream().map(Event::label).toList());
    this.width =
        Math.max(
            numbersAt + 24 + (int) (log * CHARACTER) + MARGIN,
            2 * MARGIN + (int) (longest(notes) * CHARACTER));
  }

  /**
   * @param title for readers that do not see it
   */
  public static String of(String title, History history, List<Violation> violations) {
    return new SpaceTimeSvg(history, violations).draw(title);
  }

  private String draw(String title) {
    int bottom = y(history.events().size()) + ROW / 2;
    var legend = legend();
    int height = bottom + 10 + (notes.size() + (legend.isEmpty() ? 0 : 1)) * LINE;
    add(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" role="img" aria-labelledby="title desc" \
        font-family="system-ui, -apple-system, 'Segoe UI', Helvetica, Arial, sans-serif" font-size="13">
          <title id="title">%s</title>
          <desc id="desc">%s</desc>
        """
            .formatted(width, height, width, escaped(title), escaped(description())));
    out.append(STYLE);
    add("  <rect class=\"page\" width=\"%d\" height=\"%d\" rx=\"8\"/>\n".formatted(width, height));
    history.events().stream().filter(this::isProof).forEach(this::band);
    for (var node : history.nodes()) {
      lifeline(node, bottom);
    }
    history.spans().forEach(span -> span(span));
    history.messages().forEach(this::message);
    history.events().forEach(this::event);
    for (int i = 0; i < notes.size(); i++) {
      text("bad", MARGIN, bottom + (i + 1) * LINE, "start", notes.get(i));
    }
    if (!legend.isEmpty()) {
      text("soft", MARGIN, bottom + (notes.size() + 1) * LINE, "start", legend);
    }
    return out.append("</svg>\n").toString();
  }

  /** The conditions that are drawn. */
  private String legend() {
    var drawn =
        history.spans().stream()
            .map(Span::condition)
            .distinct()
            .sorted()
            .map(condition ->
                switch (condition) {
                  case HOLDS -> "bar: holds";
                  case PAUSED -> "dots: paused";
                  case DOWN -> "gap: down";
                })
            .toList();
    return String.join(" · ", drawn);
  }

  /** The log, for readers that do not see the drawing. */
  private String description() {
    var lines = new ArrayList<String>();
    history
        .events()
        .forEach(event ->
            lines.add("%d. %s: %s".formatted(event.number(), event.node(), event.label())));
    violations.forEach(found -> lines.add("Violation: " + found.cited()));
    return String.join("; ", lines);
  }

  private void lifeline(String node, int bottom) {
    int x = x(history.nodes().indexOf(node));
    add(
        "  <text class=\"ink\" x=\"%d\" y=\"28\" text-anchor=\"middle\" font-weight=\"600\">%s</text>\n"
            .formatted(x, escaped(node)));
    line("life", x, HEADER - 6, x, bottom);
  }

  private void span(Span span) {
    int x = x(history.nodes().indexOf(span.node()));
    int top = y(span.from());
    int end = y(span.to());
    switch (span.condition()) {
      case HOLDS ->
          add(
              "  <rect class=\"holds\" x=\"%d\" y=\"%d\" width=\"10\" height=\"%d\" rx=\"5\"/>\n"
                  .formatted(x - 5, top - 5, end - top + 10));
      case PAUSED -> {
        line("erase", x, top, x, end);
        line("paused", x, top, x, end);
      }
      case DOWN -> line("erase", x, top, x, end);
    }
  }

  private void message(Message message) {
    int from = x(history.nodes().indexOf(message.from()));
    int to = x(history.nodes().indexOf(message.to()));
    int top = y(message.sentAt());
    if (message.isLost()) {
      int end = from + Integer.signum(to - from) * lane / 2;
      line("lost", from, top, end, top + ROW / 2);
      text("bad", end, top + ROW / 2 + 4, "middle", "✕");
      return;
    }
    int gap = message.isCall() ? 2 : 6; // the receiver of a message has a dot
    int tip = to - Integer.signum(to - from) * gap;
    add(
        "  <line class=\"arrow\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" marker-end=\"url(#head)\"/>\n"
            .formatted(from, top, tip, y(message.receivedAt())));
  }

  private void event(Event event) {
    int x = x(history.nodes().indexOf(event.node()));
    int y = y(event.number());
    boolean proof = isProof(event);
    add(
        "  <circle class=\"%s\" cx=\"%d\" cy=\"%d\" r=\"4\"/>\n"
            .formatted(proof ? "bad" : "dot", x, y));
    if (proof) {
      add("  <circle class=\"ring\" cx=\"%d\" cy=\"%d\" r=\"8\"/>\n".formatted(x, y));
    }
    text("soft", numbersAt + 16, y + 4, "end", Integer.toString(event.number()));
    text(proof ? "bad" : "ink", numbersAt + 24, y + 4, "start", event.label());
  }

  private void band(Event event) {
    add(
        "  <rect class=\"band\" x=\"0\" y=\"%d\" width=\"%d\" height=\"%d\"/>\n"
            .formatted(y(event.number()) - ROW / 2 + 1, width, ROW - 2));
  }

  private void line(String style, int x1, int y1, int x2, int y2) {
    add(
        "  <line class=\"%s\" x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\"/>\n"
            .formatted(style, x1, y1, x2, y2));
  }

  private void text(String style, int x, int y, String anchor, String text) {
    add(
        "  <text class=\"%s\" x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>\n"
            .formatted(style, x, y, anchor, escaped(text)));
  }

  private void add(String element) {
    out.append(element);
  }

  private boolean isProof(Event event) {
    return violations.stream().anyMatch(found -> found.proof().contains(event));
  }

  private int x(int node) {
    return MARGIN + lane / 2 + node * lane;
  }

  private static int y(int event) {
    return HEADER + (event - 1) * ROW + ROW / 2;
  }

  private static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static List<String> wrapped(String text) {
    var lines = new ArrayList<String>();
    var line = new StringBuilder();
    for (var word : text.split(" ", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > LONGEST_LINE) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
