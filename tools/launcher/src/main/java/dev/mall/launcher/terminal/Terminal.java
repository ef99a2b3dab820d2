package dev.mall.launcher.terminal;

import java.io.Console;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Writes lines; in colour where somebody sees them. Safe for several threads. */
public final class Terminal {

  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colour;

  public Terminal(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Standard output, in colour if it is a terminal and {@code NO_COLOR} is not set. */
  public static Terminal standard() {
    boolean seen = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    var unwanted = System.getenv("NO_COLOR");
    return new Terminal(System.out, seen && (unwanted == null || unwanted.isEmpty()));
  }

  public void title(String text) {
    line("");
    line(in(BOLD, text));
  }

  public void line(String text) {
    out.println(text);
    out.flush();
  }

  public void aside(String text) {
    line(in(DIM, text));
  }

  /** Something that took a while and is done. */
  public void done(String text, Duration took) {
    line("  %-38s %s".formatted(text, in(DIM, "%6.1f s".formatted(took.toMillis() / 1000.0))));
  }

  public void good(String text) {
    line("  " + in(GREEN, "✓ ") + text);
  }

  public void bad(String text) {
    line("  " + in(RED, "✗ " + text));
  }

  private String in(String style, String text) {
    return colour ? style + text + PLAIN : text;
  }

  /** Minor units as people write them. */
  public static String money(long minor, String currency) {
    return "%s%d.%02d %s"
        .formatted(
            minor < 0 ? "-" : "",
            Math.abs(minor / 100),
            Math.abs(minor % 100),
            currency.toUpperCase(Locale.ROOT));
  }
}
