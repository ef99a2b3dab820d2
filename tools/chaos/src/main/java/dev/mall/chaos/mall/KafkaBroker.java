package dev.mall.chaos.mall;

import dev.mall.embedded.process.Directories;
import dev.mall.embedded.standalone.KafkaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** A Kafka broker in a process of its own, which clients reach through a proxy. */
public final class KafkaBroker implements AutoCloseable {

  private static final List<String> OPTIONS =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx384m", "-Dmall.chaos.log=WARN");

  private final Path directory;
  private final TcpProxy proxy;
  private final KafkaProcess process;

  /**
   * @param node as {@link dev.mall.embedded.EmbeddedKafka#main} takes it; empty if the broker is
   *     alone
   */
  KafkaBroker(String name, Path directory, int port, int proxyPort, List<String> node) {
    this.directory = directory;
    this.proxy = new TcpProxy(name, proxyPort, () -> port);
    var ports = Stream.of(port, proxyPort).map(String::valueOf);
    this.process =
        new KafkaProcess(name, directory, OPTIONS, Stream.concat(ports, node.stream()).toList());
  }

  public TcpProxy proxy() {
    return proxy;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Returns before it answers. */
  void launch() {
    process.launch();
  }

  /** After {@link #launch}. */
  void awaitReady() {
    process.awaitReady();
  }

  /** SIGKILL. */
  public void kill() {
    process.kill();
  }

  /** SIGTERM, and its data are deleted. */
  void loseEverything() {
    process.end();
    try {
      Directories.delete(directory.resolve("data"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    proxy.close();
  }
}
