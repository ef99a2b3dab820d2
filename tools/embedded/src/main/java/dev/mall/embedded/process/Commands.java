package dev.mall.embedded.process;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Runs a program to its end. */
public final class Commands {

  private Commands() {}

  public static void run(String... command) throws IOException {
    run(List.of(command));
  }

  /**
   * @throws IOException with what it printed, if the program fails
   */
  public static void run(List<String> command) throws IOException {
    run(command, Map.of());
  }

  /** As above, with additional environment variables. */
  public static void run(List<String> command, Map<String, String> environment) throws IOException {
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    var process = builder.start();
    process.getOutputStream().close();
    var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (process.waitFor() != 0) {
        throw new IOException("%s: %s".formatted(command.getFirst(), output.strip()));
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException(command.getFirst());
    }
  }
}
