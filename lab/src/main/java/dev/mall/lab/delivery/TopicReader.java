package dev.mall.lab.delivery;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** A consumer of a topic's only partition. */
final class TopicReader {

  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<String, String> consumer;
  private final TopicPartition partition;

  TopicReader(KafkaConsumer<String, String> consumer, TopicPartition partition) {
    this.consumer = consumer;
    this.partition = partition;
    consumer.assign(List.of(partition));
  }

  /** The values of all records from its position to the present end. */
  List<String> poll() {
    long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, 0L);
    var values = new ArrayList<String>();
    while (consumer.position(partition) < end) {
      consumer.poll(POLL).forEach(record -> values.add(record.value()));
    }
    return values;
  }

  /** Commits its position and returns it. */
  long commit() {
    consumer.commitSync(offsets());
    return consumer.position(partition);
  }

  /** Its position, for a transaction of a producer. */
  Map<TopicPartition, OffsetAndMetadata> offsets() {
    return Map.of(partition, new OffsetAndMetadata(consumer.position(partition)));
  }

  ConsumerGroupMetadata group() {
    return consumer.groupMetadata();
  }
}
