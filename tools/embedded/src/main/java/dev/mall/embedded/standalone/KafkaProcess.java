package dev.mall.embedded.standalone;

import dev.mall.embedded.EmbeddedKafka;
import dev.mall.embedded.process.Jvm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Kafka broker in a JVM of its own, with the class path of this one. */
public final class KafkaProcess implements AutoCloseable {

  private static final Duration ENDS_WITHIN = Duration.ofSeconds(10);

  private final String name;
  private final Path directory;
  private final List<String> options;
  private final List<String> arguments;
  private @Nullable Process process;

  /**
   * @param directory of its data and of its log {@code errors.log}
   * @param options of the JVM
   * @param arguments those of {@link EmbeddedKafka#main} behind the directory
   */
  public KafkaProcess(String name, Path directory, List<String> options, List<String> arguments) {
    this.name = name;
    this.directory = directory;
    this.options = List.copyOf(options);
    this.arguments = List.copyOf(arguments);
  }

  public boolean isAlive() {
    var current = process;
    return current != null && current.isAlive();
  }

  /** Returns before it answers. */
  public void launch() {
    var command = new ArrayList<>(List.of(Jvm.program()));
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(EmbeddedKafka.class.getName(), directory.toString()));
    command.addAll(arguments);
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
  public void awaitReady() {
    try {
      var output = running().inputReader(StandardCharsets.UTF_8);
      for (var line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith("ready")) {
          // a virtual thread would occupy its carrier for as long as it waits for the pipe
          Thread.ofPlatform().daemon().name("output-of-" + name).start(() -> discard(output));
          return;
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new IllegalStateException(name + " ended before it was ready");
  }

  private static void discard(BufferedReader output) {
    try {
      output.transferTo(Writer.nullWriter());
    } catch (IOException _) {
      // it has ended
    }
  }

  public long pid() {
    return running().pid();
  }

  private Process running() {
    var current = process;
    if (current == null) {
      throw new IllegalStateException(name + " was not started");
    }
    return current;
  }

  /** SIGKILL. */
  public void kill() {
    var current = process;
    if (current != null) {
      Jvm.awaitEnd(current.destroyForcibly());
    }
  }

  /** SIGTERM. */
  public void end() {
    var current = process;
    if (current != null) {
      Jvm.end(current, ENDS_WITHIN);
    }
  }

  /** SIGKILL: a broker that ends in order takes seconds. */
  @Override
  public void close() {
    kill();
  }
}
