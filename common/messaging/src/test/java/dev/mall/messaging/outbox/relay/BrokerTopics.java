package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;

/** Creates and deletes topics of a broker that otherwise creates each topic that is asked for. */
final class BrokerTopics implements AutoCloseable {

  private final Admin admin;

  BrokerTopics(String bootstrapServers) {
    admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
  }

  void create(String topic) throws Exception {
    create(topic, Map.of());
  }

  void create(String topic, Map<String, String> configs) throws Exception {
    admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs))).all().get();
    await().until(() -> admin.listTopics().names().get().contains(topic));
  }

  /**
   * Deletes a topic for good: the broker takes no two topics whose names differ only in dots and
   * underscores, so it refuses to create this one while there is the other.
   *
   * @param topic has a dot in its name
   */
  void delete(String topic) throws Exception {
    admin.deleteTopics(List.of(topic)).all().get();
    await().until(() -> isReplaced(topic));
  }

  private boolean isReplaced(String topic) throws Exception {
    try {
      admin.createTopics(List.of(new NewTopic(blockerOf(topic), 1, (short) 1))).all().get();
    } catch (ExecutionException createdAgain) {
      assertThat(createdAgain).hasMessageContaining("collide");
      admin.deleteTopics(List.of(topic)).all();
      return false;
    }
    return !admin.listTopics().names().get().contains(topic);
  }

  /** Lets the broker create a deleted topic again. */
  void restore(String topic) throws Exception {
    admin.deleteTopics(List.of(blockerOf(topic))).all().get();
  }

  private static String blockerOf(String topic) {
    return topic.replace('.', '_');
  }

  @Override
  public void close() {
    admin.close();
  }
}
