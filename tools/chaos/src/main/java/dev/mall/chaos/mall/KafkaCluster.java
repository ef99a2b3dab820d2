package dev.mall.chaos.mall;

import dev.mall.embedded.process.Ports;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** All brokers: one, or three that replicate every partition. */
public final class KafkaCluster implements AutoCloseable {

  private final List<KafkaBroker> brokers = new ArrayList<>();

  KafkaCluster(Path home, int size) {
    var controllers =
        IntStream.range(0, size).mapToObj(_ -> Integer.toString(Ports.free())).toList();
    for (int id = 1; id <= size; id++) {
      var node =
          size == 1
              ? List.<String>of()
              : Stream.concat(Stream.of(Integer.toString(id)), controllers.stream()).toList();
      var name = size == 1 ? "kafka" : "kafka-" + id;
      brokers.add(new KafkaBroker(name, home.resolve(name), Ports.free(), Ports.free(), node));
    }
  }

  /**
   * One of them.
   *
   * @param id from 1
   */
  public KafkaBroker broker(int id) {
    return brokers.get(id - 1);
  }

  /** Starts those that do not run, and returns when they answer. */
  public void start() {
    var ended = brokers.stream().filter(broker -> !broker.isAlive()).toList();
    ended.forEach(KafkaBroker::launch);
    ended.forEach(KafkaBroker::awaitReady);
  }

  /** SIGKILL. */
  public void kill() {
    brokers.forEach(KafkaBroker::kill);
  }

  /** SIGTERM, and all data are deleted. */
  public void loseEverything() {
    brokers.forEach(KafkaBroker::loseEverything);
  }

  /** Addresses of the proxies. */
  String servers(String host) {
    return brokers.stream()
        .map(broker -> "%s:%d".formatted(host, broker.proxy().port()))
        .collect(Collectors.joining(","));
  }

  @Override
  public void close() {
    brokers.forEach(KafkaBroker::close);
  }
}
