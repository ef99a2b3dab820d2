package dev.mall.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A tool's help, kept as a resource that the {@code mall} script prints without a JVM. */
public final class HelpText {

  private HelpText() {}

  public static boolean isRequested(String... arguments) {
    var given = List.of(arguments);
    return given.contains("--help") || given.contains("-h");
  }

  /** Reads {@code /help/COMMAND.txt}. */
  public static String of(String command) {
    try (var text = HelpText.class.getResourceAsStream("/help/%s.txt".formatted(command))) {
      if (text == null) {
        throw new IllegalArgumentException("no help for " + command);
      }
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
