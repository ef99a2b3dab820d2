package dev.mall.embedded;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** One broker for one machine: few threads, small buffers, no waiting for others. */
final class KafkaSettings {

  static final int NODE_ID = 1;
  static final String CONTROLLER = "CONTROLLER";

  private KafkaSettings() {}

  static Properties of(Path data, int port, int controllerPort, int advertisedPort) {
    var settings = new Properties();
    settings.putAll(roles(data, port, controllerPort));
    settings.put("advertised.listeners", broker(advertisedPort));
    settings.putAll(ALONE);
    settings.putAll(SMALL);
    settings.put("auto.create.topics.enable", "true");
    settings.put("num.partitions", "6");
    settings.put("log.retention.hours", "168");
    return settings;
  }

  private static String broker(int port) {
    return "BROKER://127.0.0.1:" + port;
  }

  private static Map<String, String> roles(Path data, int port, int controllerPort) {
    var broker = broker(port);
    var controller = "127.0.0.1:" + controllerPort;
    return Map.of(
        "process.roles",
        "broker,controller",
        "node.id",
        Integer.toString(NODE_ID),
        "controller.quorum.voters",
        NODE_ID + "@" + controller,
        "controller.listener.names",
        CONTROLLER,
        "inter.broker.listener.name",
        "BROKER",
        "listener.security.protocol.map",
        "BROKER:PLAINTEXT,CONTROLLER:PLAINTEXT",
        "listeners",
        broker + "," + CONTROLLER + "://" + controller,
        "log.dirs",
        data.toString());
  }

  private static final Map<String, String> ALONE =
      Map.of(
          "default.replication.factor", "1",
          "min.insync.replicas", "1",
          "offsets.topic.replication.factor", "1",
          "transaction.state.log.replication.factor", "1",
          "transaction.state.log.min.isr", "1",
          "share.coordinator.state.topic.replication.factor", "1",
          "share.coordinator.state.topic.min.isr", "1",
          "group.initial.rebalance.delay.ms", "0");

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
}
