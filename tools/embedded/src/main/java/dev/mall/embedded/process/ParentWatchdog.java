package dev.mall.embedded.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A shell that waits at a pipe from this JVM and, when the JVM dies without a word, ends the
 * server, in order if that works (Redis would not go while it cannot write its data), hard if not.
 * So even {@code kill -9} leaves nothing running.
 */
public final class ParentWatchdog {

  private static final String SCRIPT =
      """
      trap '' INT TERM HUP
      read -r _ && exit 0
      kill -s INT "$1" 2>/dev/null
      for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do
        kill -0 "$1" 2>/dev/null || exit 0
        sleep 1
      done
      kill -s KILL "$1"
      """;

  private final Process shell;

  private ParentWatchdog(Process shell) {
    this.shell = shell;
  }

  public static ParentWatchdog over(ServerProcess server) throws IOException {
    var command = new ArrayList<String>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid"); // survives a kill of the whole process group
    }
    command.addAll(List.of("sh", "-c", SCRIPT, "mall-guard", Long.toString(server.pid())));
    return new ParentWatchdog(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  public void dismiss() {
    try (var pipe = shell.getOutputStream()) {
      pipe.write("done\n".getBytes(StandardCharsets.US_ASCII));
    } catch (IOException _) {
      // it is gone already
    }
  }
}
