package dev.mall.messaging.consumer.failure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.ContainerProperties.AckMode;
import org.springframework.kafka.listener.KafkaMessageListenerContainer;
import org.springframework.kafka.support.Acknowledgment;

/** Spring's container, and a consumer whose partitions are moved by the test. */
class PausingNackTest {

  private static final TopicPartition KEPT = new TopicPartition("topic", 0);
  private static final TopicPartition NEW = new TopicPartition("topic", 1);

  private final MockConsumer<String, byte[]> kafka = new MockConsumer<>("earliest");
  private final AtomicBoolean failing = new AtomicBoolean(true);
  private final List<Integer> refused = new CopyOnWriteArrayList<>();
  private final List<Integer> handled = new CopyOnWriteArrayList<>();
  private final KafkaMessageListenerContainer<String, byte[]> container = container();

  @AfterEach
  void stop() {
    container.stop();
  }

  @Test
  void resumesAlsoWhatWasPausedWhenAnotherPartitionCame() {
    kafka.updateBeginningOffsets(Map.of(KEPT, 0L, NEW, 0L));
    container.start();
    await().until(() -> !kafka.subscription().isEmpty());
    kafka.schedulePollTask(() -> {
      kafka.rebalance(List.of(KEPT));
      kafka.addRecord(new ConsumerRecord<>("topic", 0, 0, "key", new byte[0]));
    });
    await().until(() -> refused.contains(0));
    kafka.schedulePollTask(() -> {
      kafka.rebalance(List.of(KEPT, NEW));
      kafka.addRecord(new ConsumerRecord<>("topic", 1, 0, "key", new byte[0]));
    });
    await().until(() -> refused.contains(1)); // while the other one is paused
    failing.set(false);

    kafka.addRecord(new ConsumerRecord<>("topic", 0, 0, "key", new byte[0])); // read again
    kafka.addRecord(new ConsumerRecord<>("topic", 1, 0, "key", new byte[0]));

    await().untilAsserted(() -> assertThat(handled).containsExactlyInAnyOrder(0, 1));
  }

  private void handle(List<ConsumerRecord<String, byte[]>> records, Acknowledgment offsets) {
    var partitions = records.stream().map(ConsumerRecord::partition).toList();
    if (failing.get()) {
      refused.addAll(partitions);
      offsets.nack(0, Duration.ofSeconds(2));
    } else {
      handled.addAll(partitions);
      offsets.acknowledge();
    }
  }

  private KafkaMessageListenerContainer<String, byte[]> container() {
    var settings = new ContainerProperties("topic");
    settings.setGroupId("group");
    settings.setAckMode(AckMode.MANUAL);
    settings.setMessageListener(PausingNack.of(this::handle));
    var factory =
        new DefaultKafkaConsumerFactory<String, byte[]>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, "nowhere:1")) {
          @Override
          public Consumer<String, byte[]> createConsumer(
              @Nullable String group,
              @Nullable String prefix,
              @Nullable String suffix,
              @Nullable Properties properties) {
            return kafka;
          }
        };
    return new KafkaMessageListenerContainer<>(factory, settings);
  }
}
