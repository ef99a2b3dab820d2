package dev.mall.order.web;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a {@code Prefer} header in one pass, without a regular expression: its time is linear in
 * the header's length.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7240#section-2">RFC 7240, the header</a>
 */
final class Preferences {

  private final String header;
  private int position;

  private Preferences(String header) {
    this.header = header;
  }

  static Preferences of(String header) {
    return new Preferences(header);
  }

  /**
   * The value of the first preference of this name, without its quotes and parameters; empty text
   * if it has no value.
   */
  Optional<String> value(String name) {
    position = 0;
    while (position < header.length()) {
      int start = position;
      int end = skipTo(',', header.length());
      var value = valueOf(name, start, end);
      if (value != null) {
        return Optional.of(value);
      }
      position = end + 1;
    }
    return Optional.empty();
  }

  private @Nullable String valueOf(String name, int start, int end) {
    position = start;
    int parameters = skipTo(';', end);
    position = start;
    int equals = skipTo('=', parameters);
    if (!header.substring(start, equals).strip().equalsIgnoreCase(name)) {
      return null;
    }
    return unquoted(header.substring(Math.min(equals + 1, parameters), parameters).strip());
  }

  /** Moves to the next {@code wanted} outside of quotes, or to {@code end}. */
  private int skipTo(char wanted, int end) {
    boolean quoted = false;
    while (position < end) {
      char c = header.charAt(position);
      if (c == wanted && !quoted) {
        return position;
      }
      if (c == '\\' && quoted) {
        position++;
      } else if (c == '"') {
        quoted = !quoted;
      }
      position++;
    }
    position = end;
    return end;
  }

  private static String unquoted(String text) {
    boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
    return quoted ? text.substring(1, text.length() - 1).strip() : text;
  }
}
