package dev.mall.chaos.mall;

import dev.mall.chaos.agent.CrashPoint;
import dev.mall.chaos.agent.FaultAgent;
import dev.mall.chaos.agent.Mutation;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.MallService;
import dev.mall.embedded.process.Jvm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One process of a service: its jar, with the suite's points in it. */
public final class ServiceReplica implements AutoCloseable {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);
  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(1), Duration.ofSeconds(3));

  private final MallService service;
  private final String name;
  private final int port;
  private final InstrumentedService instrumented;
  private Build build;
  private final ProcessBuilder process;
  private final Path control;
  private final HostsFile hosts;
  private @Nullable Process current;
  private @Nullable Process ending;
  private boolean hasBeenReady;
  private int endsByItself;
  private boolean broken;
  private boolean closed;

  /**
   * @param process where it runs and its environment, all but the command
   * @param home directory of the mall
   */
  ServiceReplica(
      MallService service,
      String name,
      int port,
      InstrumentedService instrumented,
      ProcessBuilder process,
      Path home) {
    this.service = service;
    this.name = name;
    this.port = port;
    this.instrumented = instrumented;
    this.build = instrumented;
    this.process = process;
    this.control = home.resolve("control").resolve(name);
    this.hosts = new HostsFile(home.resolve("hosts").resolve(name));
    process.environment().put("JAVA_TOOL_OPTIONS", hosts.options());
  }

  public MallService service() {
    return service;
  }

  public String name() {
    return name;
  }

  /** The names that its process can resolve. */
  public HostsFile hosts() {
    return hosts;
  }

  URI uri() {
    return URI.create("http://127.0.0.1:" + port);
  }

  /**
   * Starts what does not run and was not closed; returns before it is ready.
   *
   * @param broken promises that it breaks until it is next started
   */
  public synchronized void start(Mutation... broken) {
    if (isAlive() || closed) {
      return;
    }
    endsByItself = endsByItself();
    hasBeenReady = false;
    try {
      this.broken = broken.length > 0;
      start(
          this.broken
              ? instrumented.startBroken(control, control.resolveSibling(name + "-broken"), broken)
              : build.start(control));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The code that it runs from its next start on.
   *
   * @param other empty is today's
   */
  public synchronized void deploy(Optional<Build> other) {
    build = other.orElse(instrumented);
  }

  /** Starts it so that other processes can start faster, once this one has been asked to end. */
  synchronized void startTraining() {
    try {
      start(instrumented.startTraining(control));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isTrained() {
    return instrumented.isTrained();
  }

  /** After it has ended. */
  void keepTraining() {
    try {
      instrumented.keepTraining();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void start(List<String> command) throws IOException {
    forget();
    current = process.command(command).start();
    watch(current);
  }

  public synchronized boolean isAlive() {
    return current != null && current.isAlive();
  }

  /** Whether it was last started with promises broken. */
  public synchronized boolean isBroken() {
    return broken;
  }

  public boolean isReady() {
    return isAlive() && HTTP.get(uri().resolve("/readyz"), Map.of()).status() == 200;
  }

  /**
   * How often it ended unasked after it had been ready: before that, a server that it needs to
   * start may be unavailable.
   */
  synchronized int endsByItself() {
    boolean again = hasBeenReady && !isAlive() && !Objects.equals(current, ending);
    return again ? endsByItself + 1 : endsByItself;
  }

  private void watch(Process started) {
    Thread.ofVirtual()
        .name("watch-" + name)
        .start(() -> {
          try {
            while (started.isAlive() && !isReady()) {
              Thread.sleep(LOOK_EVERY);
            }
            wasReady(started);
          } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
          }
        });
  }

  private synchronized void wasReady(Process started) {
    hasBeenReady |= started.equals(current) && started.isAlive();
  }

  /** SIGKILL: it gets no chance to say or finish anything. */
  public void kill() {
    Jvm.awaitEnd(toEnd().destroyForcibly());
  }

  /**
   * SIGTERM.
   *
   * @return what is to end; another process may have taken its place as soon as it has
   */
  public Process askToEnd() {
    var asked = toEnd();
    asked.destroy();
    return asked;
  }

  /** Stops the process (SIGSTOP) at any point of its work. */
  public void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** Lets the next thread that passes {@code point} stop there. */
  public void arm(CrashPoint point) {
    try {
      Files.createFile(control.resolve(FaultAgent.ARMED + point));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isHeldAt(CrashPoint point) {
    return Files.exists(control.resolve(FaultAgent.HELD + point));
  }

  /** Releases a held thread, and disarms the point. */
  public void release(CrashPoint point) {
    try {
      Files.deleteIfExists(control.resolve(FaultAgent.ARMED + point));
      Files.deleteIfExists(control.resolve(FaultAgent.HELD + point));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sets its wall clock wrong by as much; zero sets it right. */
  public void shiftClock(Duration by) {
    try {
      Files.writeString(control.resolve(FaultAgent.CLOCK), Long.toString(by.toMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes requests to the previous process; a point that was not reached yet stays armed. */
  private void forget() throws IOException {
    Files.createDirectories(control);
    try (var files = Files.list(control)) {
      for (var file :
          files.filter(it -> !it.getFileName().toString().startsWith(FaultAgent.ARMED)).toList()) {
        Files.deleteIfExists(file); // another fault may be giving it back
      }
    }
  }

  private synchronized Process toEnd() {
    ending = running();
    return ending;
  }

  private synchronized Process running() {
    if (current == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return current;
  }

  private void signal(String signal) {
    try {
      var kill = new ProcessBuilder("kill", "-" + signal, Long.toString(running().pid())).start();
      Jvm.awaitEnd(kill);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Ends the process permanently, whether it runs, is stopped or has ended. */
  @Override
  public synchronized void close() {
    closed = true;
    if (current != null) {
      current.descendants().forEach(ProcessHandle::destroyForcibly); // who writes a cache
      Jvm.awaitEnd(toEnd().destroyForcibly());
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
