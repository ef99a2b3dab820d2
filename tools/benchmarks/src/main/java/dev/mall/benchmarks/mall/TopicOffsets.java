package dev.mall.benchmarks.mall;

import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** Counts the messages of all topics. */
final class TopicOffsets implements AutoCloseable {

  private final Admin admin;

  TopicOffsets(String servers) {
    var settings = new Properties();
    settings.put(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    admin = Admin.create(settings);
  }

  /** The sum of the end offsets, internal topics excluded. */
  long total() {
    try {
      var topics = admin.describeTopics(admin.listTopics().names().get()).allTopicNames().get();
      var latest =
          topics.values().stream()
              .flatMap(topic ->
                  topic.partitions().stream()
                      .map(partition -> new TopicPartition(topic.name(), partition.partition())))
              .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
      return admin.listOffsets(latest).all().get().values().stream()
          .mapToLong(end -> end.offset())
          .sum();
    } catch (ExecutionException e) {
      throw new IllegalStateException("Kafka's offsets cannot be read", e.getCause());
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public void close() {
    admin.close(Duration.ZERO);
  }
}
