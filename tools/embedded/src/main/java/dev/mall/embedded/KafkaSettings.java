package dev.mall.embedded;

import dev.mall.embedded.process.Ports;
import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** Brokers for one machine: few threads, small buffers, no waiting for members of a group. */
final class KafkaSettings {

  static final String CONTROLLER = "CONTROLLER";

  /** For the other brokers, past the port that clients are sent to. */
  private static final String INTERNAL = "INTERNAL";

  private static final Map<String, String> SMALL =
      Map.of(
          "offsets.topic.num.partitions", "4",
          "transaction.state.log.num.partitions", "4",
          "share.coordinator.state.topic.num.partitions", "4",
          "log.cleaner.dedupe.buffer.size", "2097152",
          "log.index.size.max.bytes", "1048576",
          "num.network.threads", "2",
          "num.io.threads", "4",
          "background.threads", "2");

  private KafkaSettings() {}

  static Properties of(KafkaNode node, Path data, int port, int advertisedPort) {
    int internalPort = Ports.free();
    var settings = new Properties();
    settings.putAll(roles(node));
    settings.putAll(replication(node));
    settings.putAll(SMALL);
    settings.put(
        "listeners", listeners(port, internalPort) + "," + CONTROLLER + "://" + node.controller());
    settings.put("advertised.listeners", listeners(advertisedPort, internalPort));
    settings.put("log.dirs", data.toString());
    settings.put("auto.create.topics.enable", "true");
    settings.put("num.partitions", "6");
    settings.put("log.retention.hours", "168");
    settings.put("group.initial.rebalance.delay.ms", "0");
    return settings;
  }

  private static String listeners(int port, int internalPort) {
    return "BROKER://127.0.0.1:%d,%s://127.0.0.1:%d".formatted(port, INTERNAL, internalPort);
  }

  private static Map<String, String> roles(KafkaNode node) {
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(node.id()),
        "controller.quorum.voters",
        node.voters(),
        "controller.listener.names",
        CONTROLLER,
        "inter.broker.listener.name",
        INTERNAL,
        "listener.security.protocol.map",
        "BROKER:PLAINTEXT,INTERNAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
  }

  private static Map<String, String> replication(KafkaNode node) {
    var replicas = Integer.toString(node.replicationFactor());
    var inSync = Integer.toString(node.minInsyncReplicas());
    return Map.of(
        "default.replication.factor", replicas,
        "min.insync.replicas", inSync,
        "offsets.topic.replication.factor", replicas,
        "transaction.state.log.replication.factor", replicas,
        "transaction.state.log.min.isr", inSync,
        "share.coordinator.state.topic.replication.factor", replicas,
        "share.coordinator.state.topic.min.isr", inSync);
  }
}
