package dev.mall.web.logging;

/**
 * Distinguishes printable characters from those that move a cursor, hide, or change the direction.
 */
public final class PlainText {

  private static final char NEW_LINE = '\n';

  private PlainText() {}

  /**
   * The text with every control, format, bidirectional, separator, unassigned and lone surrogate
   * character written as an escape, so that it stays one line.
   */
  public static String escaped(String text) {
    if (text.codePoints().allMatch(PlainText::isPrintable)) {
      return text;
    }
    var escaped = new StringBuilder(text.length() + 16);
    text.codePoints().forEach(c -> append(escaped, c));
    return escaped.toString();
  }

  /** Whether a character may stand in a log line and in an audit entry. */
  public static boolean isPrintable(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL -> codePoint == '\t';
      case Character.FORMAT,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.UNASSIGNED ->
          false;
      default -> true;
    };
  }

  private static void append(StringBuilder escaped, int c) {
    if (isPrintable(c)) {
      escaped.appendCodePoint(c);
    } else if (c == NEW_LINE) {
      escaped.append("\\n");
    } else if (c == '\r') {
      escaped.append("\\r");
    } else {
      escaped.append(c > 0xFFFF ? "\\x{%x}".formatted(c) : "\\u%04x".formatted(c));
    }
  }
}
