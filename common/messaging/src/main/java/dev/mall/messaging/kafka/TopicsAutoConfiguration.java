package dev.mall.messaging.kafka;

import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.consumer.ConsumerSupervisor;
import dev.mall.messaging.outbox.relay.OutboxRelay;
import java.time.Duration;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.core.KafkaAdmin.NewTopics;

/** The topics, and the restart of Kafka clients after the clock was set back. */
@AutoConfiguration(after = {JdbcClientAutoConfiguration.class, KafkaAutoConfiguration.class})
class TopicsAutoConfiguration {

  @Bean
  ClockShiftDetector clockWatch(
      ConsumerSupervisor consumers, OutboxRelay relay, ApplicationEventPublisher events) {
    return new ClockShiftDetector(
        ClockShiftDetector::aheadMillis,
        () -> {
          consumers.restart(); // first, since it returns at once
          events.publishEvent(new ClockSetBack());
          relay.restart();
        });
  }

  @Bean
  TopicInitializer topicsMaker(KafkaAdmin admin) {
    return new TopicInitializer(admin, Duration.ofSeconds(2));
  }

  @Bean
  NewTopics mallTopics(MessagingProperties properties) {
    return new NewTopics(KafkaTopics.all(properties));
  }
}
