package dev.mall.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** The launcher in a JVM and a directory of its own, as {@code ./mall} starts it. */
final class MallProcess implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(4);

  private final Process process;
  private final Path directory;
  private final Path output;

  private MallProcess(Process process, Path directory, Path output) {
    this.process = process;
    this.directory = directory;
    this.output = output;
  }

  static MallProcess start(Path directory, String... options) throws IOException {
    var output = directory.resolve("terminal.log");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Path.of("jvm.options").toAbsolutePath());
    command.addAll(
        List.of("-cp", System.getProperty("java.class.path"), LauncherMain.class.getName()));
    command.addAll(List.of(options));
    var process =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    return new MallProcess(process, directory, output);
  }

  MallProcess awaitOpen() {
    await("The mall is open");
    return this;
  }

  void await(String line) {
    Awaitility.await(line)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(200))
        .until(() -> said().contains(line) || !process.isAlive());
    assertThat(said()).contains(line);
  }

  String said() {
    try {
      return Files.readString(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int exitCode() {
    return process.onExit().orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).join().exitValue();
  }

  /** Asks for an end as Ctrl-C does, and sees that no process stays that serves the directory. */
  void stop() {
    close();
    Awaitility.await("end of all processes").atMost(PATIENCE).until(() -> serving().isEmpty());
  }

  private List<ProcessHandle> serving() {
    return ProcessHandle.allProcesses()
        .filter(each -> each.info().commandLine().orElse("").contains(directory.toString()))
        .toList();
  }

  void kill() {
    process.destroyForcibly();
    exitCode();
  }

  @Override
  public void close() {
    process.destroy();
    exitCode();
  }
}
