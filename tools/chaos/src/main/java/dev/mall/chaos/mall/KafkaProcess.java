package dev.mall.chaos.mall;

import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Kafka in a process of its own, so that it can be killed. */
public final class KafkaProcess {

  private final Path directory;
  private final int port;
  private final int advertisedPort;
  private @Nullable Process process;

  /**
   * @param advertisedPort where clients are told to find it
   */
  KafkaProcess(Path directory, int port, int advertisedPort) {
    this.directory = directory;
    this.port = port;
    this.advertisedPort = advertisedPort;
  }

  int port() {
    return port;
  }

  /** Returns when it answers. */
  public void start() {
    try {
      Files.createDirectories(directory);
      var started =
          new ProcessBuilder(
                  Jvm.program(),
                  "-XX:TieredStopAtLevel=1",
                  "-XX:+UseSerialGC",
                  "-Xmx384m",
                  "-Dmall.chaos.log=WARN",
                  "-cp",
                  System.getProperty("java.class.path"),
                  EmbeddedKafka.class.getName(),
                  directory.toString(),
                  Integer.toString(port),
                  Integer.toString(advertisedPort))
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("errors.log").toFile()))
              .start();
      process = started;
      awaitReady(started);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void awaitReady(Process started) throws IOException {
    var output = started.inputReader(StandardCharsets.UTF_8);
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("ready")) {
        Thread.ofVirtual().start(() -> swallow(output));
        return;
      }
    }
    throw new IOException("Kafka ended before it was ready");
  }

  private static void swallow(java.io.BufferedReader output) {
    try {
      output.transferTo(java.io.Writer.nullWriter());
    } catch (IOException _) {
      // it has ended
    }
  }

  /** SIGKILL. */
  public void kill() {
    var running = process;
    if (running != null) {
      Jvm.awaitEnd(running.destroyForcibly());
    }
  }

  /** SIGTERM, and what it holds is forgotten. */
  public void loseEverything() {
    end();
    try {
      Directories.delete(directory.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    var running = process;
    if (running != null) {
      running.destroy();
      try {
        running.waitFor(10, TimeUnit.SECONDS);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
      kill();
    }
  }
}
