package dev.mall.messaging.kafka;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.MessagingProperties;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.springframework.kafka.config.TopicBuilder;

/** The topics as they should be. Every service makes those that are missing. */
final class KafkaTopics {

  /** Shorter than decisions are remembered, so that a repeat from a topic is always known. */
  private static final Duration RETENTION = Duration.ofDays(7);

  private KafkaTopics() {}

  static NewTopic[] all(MessagingProperties properties) {
    return Topics.ALL.stream()
        .flatMap(name -> Stream.of(topic(name, properties), deadLetters(name, properties)))
        .toArray(NewTopic[]::new);
  }

  private static NewTopic topic(String name, MessagingProperties properties) {
    var topic =
        TopicBuilder.name(name)
            .partitions(properties.partitions())
            .replicas(properties.replicationFactor());
    return name.equals(Topics.CATALOGUE_EVENTS) ? topic.compact().build() : kept(topic).build();
  }

  private static NewTopic deadLetters(String name, MessagingProperties properties) {
    return kept(TopicBuilder.name(Topics.deadLettersOf(name))
            .partitions(1)
            .replicas(properties.replicationFactor()))
        .build();
  }

  private static TopicBuilder kept(TopicBuilder topic) {
    return topic.config(TopicConfig.RETENTION_MS_CONFIG, Long.toString(RETENTION.toMillis()));
  }
}
