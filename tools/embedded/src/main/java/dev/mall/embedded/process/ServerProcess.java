package dev.mall.embedded.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * A server's process, in a session of its own (so that Ctrl-C in the terminal does not reach it),
 * and what a test may do to it.
 */
public final class ServerProcess {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Positions in /proc/PID/stat behind the command's name. */
  private static final int STATE = 0;

  private static final int THREADS = 17;

  private final long pid;

  public ServerProcess(long pid) {
    this.pid = pid;
  }

  /** The living process of {@code pidFile}, if its command line shows that it serves there. */
  public static Optional<ServerProcess> serving(Path data, Path pidFile) throws IOException {
    if (!Files.exists(pidFile)) {
      return Optional.empty();
    }
    var pid = Files.readAllLines(pidFile).stream().findFirst().map(String::strip).orElse("");
    return pid.matches("[1-9][0-9]{0,9}")
        ? Optional.of(new ServerProcess(Long.parseLong(pid)))
            .filter(process -> process.alive() && process.commandLine().contains(data.toString()))
        : Optional.empty();
  }

  public long pid() {
    return pid;
  }

  public boolean alive() {
    return ProcessHandle.of(pid).map(ServerProcess::alive).orElse(false);
  }

  /** Processor time of the process and the children it has now. */
  public Duration cpuTime() {
    return family().stream()
        .flatMap(process -> process.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Freezes the process and its children (SIGSTOP): connections stay open, nothing answers. */
  public void suspend() {
    family().forEach(process -> signal("STOP", process));
  }

  public void resume() {
    family().forEach(process -> signal("CONT", process));
  }

  /**
   * Ends the process and its children at once (SIGKILL), as a power cut would, and returns when
   * they hold neither ports nor files.
   */
  public void kill() {
    ProcessHandle.of(pid).ifPresent(process -> signal("STOP", process)); // no child is born unseen
    var family = family();
    family.forEach(ProcessHandle::destroyForcibly);
    await(() -> family.stream().noneMatch(ServerProcess::alive));
  }

  /** Asks for an orderly end (SIGINT) and waits for it; kills what does not end. */
  public void end() {
    resume();
    ProcessHandle.of(pid).ifPresent(process -> signal("INT", process));
    if (!await(() -> !alive())) {
      kill();
    }
  }

  private String commandLine() {
    return ProcessHandle.of(pid).flatMap(it -> it.info().commandLine()).orElse("");
  }

  private List<ProcessHandle> family() {
    return ProcessHandle.of(pid).stream()
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .toList();
  }

  private static boolean alive(ProcessHandle process) {
    return process.isAlive() && !isZombie(process.pid());
  }

  /**
   * Whether the process ended but stays listed, as it does where process 1 reaps no orphans (in a
   * container). The state alone does not show it: a process whose main thread has ended is called a
   * zombie, too, while its other threads still hold its ports and files.
   */
  private static boolean isZombie(long pid) {
    try {
      var stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      return fields[STATE].equals("Z") && fields[THREADS].equals("1");
    } catch (IOException _) {
      return false;
    }
  }

  /** Java itself sends only TERM and KILL. */
  private static void signal(String signal, ProcessHandle process) {
    try {
      Commands.run(
          "sh",
          "-c",
          "kill -s \"$1\" \"$2\" 2>/dev/null || true",
          "kill",
          signal,
          Long.toString(process.pid()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean await(BooleanSupplier condition) {
    return Waiting.until(PATIENCE, condition);
  }
}
