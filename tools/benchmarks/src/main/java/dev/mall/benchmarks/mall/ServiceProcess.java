package dev.mall.benchmarks.mall;

import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.Polling;
import dev.mall.embedded.process.Jvm;
import dev.mall.embedded.process.ParentWatchdog;
import dev.mall.embedded.process.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A process of a Spring Boot service, which a guard ends if this JVM dies. */
public final class ServiceProcess implements AutoCloseable {

  /** As in the images, with a heap of a size that does not depend on the machine. */
  public static final List<String> OPTIONS =
      List.of(
          "-XX:+UseSerialGC",
          "-Xms256m",
          "-Xmx512m",
          "-XX:-UsePerfData",
          "-XX:+ExitOnOutOfMemoryError",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-Duser.timezone=UTC",
          "-Duser.language=en");

  private static final Duration START = Duration.ofMinutes(5);
  private static final Duration END = Duration.ofSeconds(30);
  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(1), Duration.ofSeconds(3));

  private final String name;
  private final URI address;
  private final Process process;
  private final ParentWatchdog guard;

  private ServiceProcess(String name, URI address, Process process) throws IOException {
    this.name = name;
    this.address = address;
    this.process = process;
    this.guard = ParentWatchdog.over(new ServerProcess(process.pid()));
  }

  /**
   * Returns before it is ready.
   *
   * @param code arguments of the JVM that name the code to run
   * @param environment settings beside those of this process
   */
  public static ServiceProcess launch(
      String name, int port, List<String> code, Map<String, String> environment, Path log) {
    var command = new ArrayList<>(List.of(Jvm.program()));
    command.addAll(OPTIONS);
    command.addAll(code);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    builder.redirectOutput(log.toFile());
    try {
      return new ServiceProcess(name, URI.create("http://127.0.0.1:" + port), builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void awaitReady() throws InterruptedException {
    Polling.require(
        START,
        () -> {
          if (!process.isAlive()) {
            throw new IllegalStateException(name + " ended before it was ready; see its log");
          }
          return HTTP.get(address.resolve("/readyz"), Map.of()).status() == 200;
        },
        () -> name + " is not ready");
  }

  public String name() {
    return name;
  }

  public URI address() {
    return address;
  }

  public long pid() {
    return process.pid();
  }

  public void askToEnd() {
    process.destroy();
  }

  @Override
  public void close() {
    Jvm.end(process, END);
    guard.dismiss();
  }
}
