package dev.mall.lab.consensus.cluster;

import dev.mall.embedded.process.Jvm;
import dev.mall.embedded.process.ServerProcess;
import dev.mall.lab.consensus.node.NodeSettings;
import dev.mall.lab.consensus.node.NodeStatus;
import dev.mall.lab.consensus.node.StoreNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A node of the store in a JVM of its own, with the class path of this one. */
public final class NodeProcess {

  /** A short life, and a processor that it shares with all the others. */
  private static final List<String> OPTIONS =
      List.of(
          "-XX:TieredStopAtLevel=1",
          "-XX:+UseSerialGC",
          "-Xshare:auto",
          "-Xmx192m",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow");

  private final NodeSettings settings;
  private final NodeHttp http;
  private @Nullable Process process;

  NodeProcess(NodeSettings settings, NodeHttp http) {
    this.settings = settings;
    this.http = http;
  }

  String id() {
    return settings.id();
  }

  NodeHttp http() {
    return http;
  }

  boolean isAlive() {
    var current = process;
    return current != null && current.isAlive();
  }

  /** Starts it with the data of the last time; returns before it takes requests. */
  void launch() {
    var command = new ArrayList<>(List.of(Jvm.program()));
    command.addAll(OPTIONS);
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(StoreNode.class.getName());
    command.addAll(settings.arguments());
    try {
      Files.createDirectories(settings.directory());
      process =
          new ProcessBuilder(command)
              .redirectError(
                  ProcessBuilder.Redirect.appendTo(
                      settings.directory().resolve("errors.log").toFile()))
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After {@link #launch}. */
  void awaitReady() {
    try {
      var ready = running().inputReader(StandardCharsets.UTF_8).readLine(); // it prints no more
      if (!"ready".equals(ready)) {
        throw new IllegalStateException("%s did not start:%n%s".formatted(id(), errors()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Restarts it with its data. */
  public void restart() {
    launch();
    awaitReady();
  }

  /** Ends it at once (SIGKILL), as a power cut would. */
  public void kill() {
    var current = process;
    if (current != null) {
      new ServerProcess(current.pid()).kill();
      Jvm.awaitEnd(current);
    }
  }

  /** Freezes it (SIGSTOP): connections stay open, nothing answers. */
  public void suspend() {
    new ServerProcess(running().pid()).suspend();
  }

  public void resume() {
    new ServerProcess(running().pid()).resume();
  }

  /** Has it write its values to a snapshot and purge the log that the snapshot covers. */
  public void takeSnapshot() {
    command("/snapshot", "");
  }

  /** Cuts the node off from the others, which have to do the same. */
  void separateFrom(Collection<NodeProcess> others) {
    command("/separated", others.stream().map(NodeProcess::id).collect(Collectors.joining(" ")));
  }

  private void command(String path, String body) {
    if (http.command(path, body).filter(response -> response.statusCode() == 200).isEmpty()) {
      throw new IllegalStateException(id() + " did not carry out " + path);
    }
  }

  /** Empty if it does not answer. */
  public Optional<NodeStatus> status() {
    return http.get("/status").map(response -> NodeStatus.parse(response.body()));
  }

  private Process running() {
    var current = process;
    if (current == null) {
      throw new IllegalStateException(id() + " was not started");
    }
    return current;
  }

  private String errors() throws IOException {
    return Files.readString(settings.directory().resolve("errors.log"));
  }

  @Override
  public String toString() {
    return id();
  }
}
