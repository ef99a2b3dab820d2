package dev.mall.cli;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Writes lines to standard output, in colour on a terminal. Thread-safe. */
public final class Terminal {

  private static final String BOLD = "\u001b[1m";
  private static final String DIM = "\u001b[2m";
  private static final String RED = "\u001b[31m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  private final PrintStream out;
  private final boolean colour;
  private final long start = System.nanoTime();

  public Terminal(PrintStream out, boolean colour) {
    this.out = out;
    this.colour = colour;
  }

  /** Standard output as UTF-8, coloured as {@link #wantsColour} decides. */
  public static Terminal standard() {
    boolean terminal = Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    return new Terminal(
        new PrintStream(System.out, true, StandardCharsets.UTF_8),
        terminal && wantsColour(System.getenv()));
  }

  /** Returns false if {@code NO_COLOR} is set to anything, or {@code TERM} is dumb. */
  static boolean wantsColour(Map<String, String> environment) {
    return environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "").equals("dumb");
  }

  public void line(String text) {
    out.println(text);
    out.flush();
  }

  public void title(String text) {
    line("");
    line(in(BOLD, text));
  }

  public void aside(String text) {
    line(dim(text));
  }

  /** Writes a finished step and its duration. */
  public void done(String text, Duration took) {
    line("  %-38s %s".formatted(text, dim("%6.1f s".formatted(took.toMillis() / 1000.0))));
  }

  /** Writes a line that begins with the minutes and seconds since this terminal was made. */
  public void progress(String text) {
    var passed = Duration.ofNanos(System.nanoTime() - start);
    line(dim("%3d:%02d  ".formatted(passed.toMinutes(), passed.toSecondsPart())) + text);
  }

  public void good(String text) {
    line("  " + green("✓ ") + text);
  }

  public void bad(String text) {
    line("  " + red("✗ " + text));
  }

  public String dim(String text) {
    return in(DIM, text);
  }

  public String green(String text) {
    return in(GREEN, text);
  }

  public String red(String text) {
    return in(RED, text);
  }

  private String in(String style, String text) {
    return colour ? style + text + PLAIN : text;
  }
}
