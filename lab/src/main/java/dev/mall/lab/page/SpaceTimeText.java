package dev.mall.lab.page;

import dev.mall.lab.history.History;
import dev.mall.lab.history.History.Condition;
import dev.mall.lab.history.History.Event;
import dev.mall.lab.history.History.Message;
import dev.mall.lab.history.Violation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A space-time diagram in characters: time runs downwards, each event is a line, and its text
 * stands beside the lines of the nodes.
 */
public final class SpaceTimeText {

  private static final int SHORTEST_LANE = 9;
  private static final int GAP = 3;

  private final History history;
  private final List<Violation> violations;
  private final int lane;

  private SpaceTimeText(History history, List<Violation> violations) {
    this.history = history;
    this.violations = violations;
    this.lane =
        history.nodes().stream().mapToInt(String::length).reduce(SHORTEST_LANE - GAP, Math::max)
            + GAP;
  }

  /**
   * @param violating whether the line's event proves a violation
   */
  public record Line(String text, boolean violating) {}

  public static List<Line> of(History history, List<Violation> violations) {
    return new SpaceTimeText(history, violations).lines();
  }

  /** The characters that this diagram uses for conditions and violations. */
  static String legend(History history, List<Violation> violations) {
    var entries = new ArrayList<String>();
    for (var condition : Condition.values()) {
      if (history.spans().stream().anyMatch(span -> span.condition() == condition)) {
        entries.add(
            switch (condition) {
              case HOLDS -> "┃ holds";
              case PAUSED -> "┊ paused";
              case DOWN -> "(blank) down";
            });
      }
    }
    if (!violations.isEmpty()) {
      entries.add("✗ proves the violation");
    }
    return String.join("   ", entries);
  }

  private List<Line> lines() {
    var lines = new ArrayList<Line>();
    var header = blank();
    for (int i = 0; i < history.nodes().size(); i++) {
      write(header, i * lane, history.nodes().get(i));
    }
    lines.add(new Line(new String(header).stripTrailing(), false));
    history.events().forEach(event -> lines.add(line(event)));
    return lines;
  }

  private Line line(Event event) {
    boolean violating = violations.stream().anyMatch(found -> found.proof().contains(event));
    var row = blank();
    for (int i = 0; i < history.nodes().size(); i++) {
      row[i * lane] = lifeline(history.nodes().get(i), event.number());
    }
    history.messages().forEach(message -> draw(message, event.number(), row));
    row[column(event.node())] = violating ? '✗' : '●';
    return new Line(
        "%s %3d  %s".formatted(new String(row), event.number(), event.label()), violating);
  }

  /** A message is drawn where it arrives; one that does not, where it was sent. */
  private void draw(Message message, int event, char[] row) {
    int from = column(message.from());
    int to = column(message.to());
    int step = Integer.signum(to - from);
    if (message.isLost() && message.sentAt() == event) {
      int end = from + step * (lane / 2);
      line(row, from + step, end, '╌');
      row[end] = '✕';
    } else if (message.receivedAt() == event && step != 0) {
      line(row, from + step, to - step, message.isCall() ? '─' : '╌');
      row[to - step] = step > 0 ? '▶' : '◀';
      if (!message.isCall()) {
        row[from] = step > 0 ? '├' : '┤';
      }
    }
  }

  private static void line(char[] row, int from, int to, char stroke) {
    for (int i = Math.min(from, to); i <= Math.max(from, to); i++) {
      row[i] = row[i] == ' ' ? stroke : '┼';
    }
  }

  private char lifeline(String node, int event) {
    char line = '│';
    for (var span : history.spans()) {
      if (span.covers(node, event)) {
        line =
            switch (span.condition()) {
              case HOLDS -> line == '│' ? '┃' : line;
              case PAUSED -> '┊';
              case DOWN -> ' ';
            };
      }
    }
    return line;
  }

  private int column(String node) {
    return history.nodes().indexOf(node) * lane;
  }

  private char[] blank() {
    var row = new char[lane * history.nodes().size()];
    Arrays.fill(row, ' ');
    return row;
  }

  private static void write(char[] row, int at, String text) {
    text.getChars(0, text.length(), row, at);
  }
}
