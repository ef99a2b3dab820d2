package dev.mall.chaos;

import java.io.Console;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Output of the suite on the console. */
final class Terminal {

  private final PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
  private final boolean colours =
      Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent()
          && System.getenv("NO_COLOR") == null
          && !"dumb".equals(System.getenv("TERM"));
  private final long start = System.nanoTime();

  void say(String format, Object... arguments) {
    out.printf(Locale.ROOT, format + "%n", arguments);
  }

  /** With the time since the start before it. */
  void progress(String format, Object... arguments) {
    var passed = Duration.ofNanos(System.nanoTime() - start);
    say(
        dim("%3d:%02d  ".formatted(passed.toMinutes(), passed.toSecondsPart())) + format,
        arguments);
  }

  String good(String text) {
    return coloured("32", text);
  }

  String bad(String text) {
    return coloured("31", text);
  }

  String dim(String text) {
    return coloured("2", text);
  }

  private String coloured(String code, String text) {
    return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
  }

  static String seconds(long millis) {
    return "%.1f s".formatted(millis / 1_000.0);
  }
}
