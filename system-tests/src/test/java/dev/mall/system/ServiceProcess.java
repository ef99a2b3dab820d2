package dev.mall.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.system.Services.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Some services in a process of their own, to be killed, stopped and continued. */
final class ServiceProcess implements AutoCloseable {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

  private final ProcessBuilder command;
  private final Map<Service, Integer> ports;
  private Process process;

  private ServiceProcess(ProcessBuilder command, Map<Service, Integer> ports) throws IOException {
    this.command = command;
    this.ports = ports;
    this.process = command.start();
  }

  /** Starts the services; returns before they are ready. */
  static ServiceProcess start(
      Map<Service, Integer> ports, Map<String, String> environment, Path log) {
    var arguments = new ArrayList<String>();
    arguments.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    arguments.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx512m",
            "-Duser.timezone=UTC",
            "--enable-native-access=ALL-UNNAMED",
            "-Dorg.springframework.boot.logging.LoggingSystem=none",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            Services.class.getName()));
    ports.keySet().stream().sorted().map(Service::name).forEach(arguments::add);
    var command =
        new ProcessBuilder(arguments)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    command.environment().putAll(environment);
    ports.forEach((service, port) ->
        command.environment().put("MALL_%s_PORT".formatted(service), Integer.toString(port)));
    try {
      return new ServiceProcess(command, ports);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  URI uri(Service service) {
    return URI.create("http://127.0.0.1:" + ports.get(service));
  }

  ServiceProcess awaitReady() {
    ports
        .keySet()
        .forEach(service ->
            await("readiness of " + service)
                .atMost(Duration.ofSeconds(120))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> isReady(service)));
    return this;
  }

  boolean isReady(Service service) {
    assertThat(process.isAlive()).as("the process of %s runs", ports.keySet()).isTrue();
    try {
      var request =
          HttpRequest.newBuilder(uri(service).resolve("/readyz"))
              .timeout(Duration.ofSeconds(5))
              .build();
      return HTTP.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException _) {
      return false;
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** SIGKILL: it gets no chance to say or finish anything. */
  void kill() {
    process.destroyForcibly();
    await().until(() -> !process.isAlive());
  }

  /** Starts again what was killed, on the same ports. */
  void startAgain() {
    try {
      process = command.start();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  /** SIGSTOP: it stands still in the middle of whatever it does. */
  void pause() {
    signal("STOP");
  }

  /** SIGCONT. */
  void resume() {
    signal("CONT");
  }

  private void signal(String name) {
    try {
      var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
      assertThat(kill.waitFor(5, TimeUnit.SECONDS)).isTrue();
      assertThat(kill.exitValue()).isZero();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** SIGTERM, and SIGKILL if it does not end. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(30, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException stopped) {
      process.destroyForcibly();
      throw new IllegalStateException(stopped);
    }
  }
}
