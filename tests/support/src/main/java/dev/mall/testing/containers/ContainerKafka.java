package dev.mall.testing.containers;

import com.github.dockerjava.api.command.InspectContainerResponse;
import dev.mall.embedded.KafkaServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.testcontainers.kafka.KafkaContainer;

public final class ContainerKafka extends ContainerServer implements KafkaServer {

  private static final int INSIDE = 9092;

  private final ContainerPort port;

  public ContainerKafka(ContainerPort port) {
    super(new Broker(port), port.boundTo(INSIDE));
    this.port = port;
  }

  @Override
  public String bootstrapServers() {
    return port.address();
  }

  @Override
  boolean answers() throws Exception {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers", bootstrapServers(),
            "request.timeout.ms", 1_000,
            "default.api.timeout.ms", 2_000);
    try (var admin = Admin.create(settings)) {
      return admin.describeCluster().nodes().get(3, TimeUnit.SECONDS).size() == 1;
    }
  }

  /**
   * Testcontainers has the broker wait for a script that names its port. Here the port is known
   * before, and the broker is the container's first process, so that it hears SIGTERM.
   */
  private static final class Broker extends KafkaContainer {

    Broker(ContainerPort port) {
      super("apache/kafka:4.1.1");
      withCommand("/etc/kafka/docker/run");
      addEnv(
          "KAFKA_ADVERTISED_LISTENERS",
          "PLAINTEXT://%s,BROKER://localhost:9093".formatted(port.address()));
      addEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "true");
      addEnv("KAFKA_NUM_PARTITIONS", "6");
      addEnv("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4");
      addEnv("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4");
      addEnv("KAFKA_HEAP_OPTS", "-Xms256m -Xmx384m");
    }

    @Override
    protected void containerIsStarting(InspectContainerResponse container) {}
  }
}
