package dev.mall.chaos.mall;

import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.process.Directories;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Kafka broker in a process of its own, which clients reach through a proxy. */
public final class KafkaBroker implements AutoCloseable {

  private final Path directory;
  private final int port;
  private final List<String> node;
  private final TcpProxy proxy;
  private @Nullable Process process;

  /**
   * @param node as {@link EmbeddedKafka#main} takes it; empty if the broker is alone
   */
  KafkaBroker(String name, Path directory, int port, int proxyPort, List<String> node) {
    this.directory = directory;
    this.port = port;
    this.node = node;
    this.proxy = new TcpProxy(name, proxyPort, () -> port);
  }

  public TcpProxy proxy() {
    return proxy;
  }

  boolean isAlive() {
    var current = process;
    return current != null && current.isAlive();
  }

  /** Returns before it answers. */
  void launch() {
    var command =
        new ArrayList<>(
            List.of(
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
                Integer.toString(proxy.port())));
    command.addAll(node);
    try {
      Files.createDirectories(directory);
      process =
          new ProcessBuilder(command)
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(directory.resolve("errors.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After {@link #launch}. */
  void awaitReady() {
    var started = process;
    if (started == null) {
      throw new IllegalStateException(proxy.name() + " was not started");
    }
    try {
      var output = started.inputReader(StandardCharsets.UTF_8);
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("ready")) {
          Thread.ofVirtual().start(() -> discard(output));
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(proxy.name() + " ended before it was ready");
  }

  private static void discard(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
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

  /** SIGTERM, and its data are deleted. */
  void loseEverything() {
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

  @Override
  public void close() {
    kill();
    proxy.close();
  }
}
