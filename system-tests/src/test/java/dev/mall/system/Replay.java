package dev.mall.system;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends what a topic holds once more, as a topic that is read from its beginning would. */
final class Replay {

  private Replay() {}

  static void everything(String servers, String topic) {
    var consumerConfig =
        Map.<String, Object>of(
            "bootstrap.servers",
            servers,
            "group.id",
            UUID.randomUUID().toString(),
            "enable.auto.commit",
            false);
    try (var consumer =
            new KafkaConsumer<>(
                consumerConfig, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        var producer =
            new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", servers),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
      var partitions =
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream().anyMatch(p -> consumer.position(p) < ends.get(p))) {
        for (var record : consumer.poll(Duration.ofMillis(200))) {
          var partition = new TopicPartition(topic, record.partition());
          if (record.offset() < ends.get(partition)) {
            producer.send(
                new ProducerRecord<>(
                    topic, record.partition(), record.key(), record.value(), record.headers()));
          }
        }
      }
    }
  }
}
