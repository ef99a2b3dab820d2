package dev.mall.chaos.fault;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The suite's own way to read topics from their beginning, and to write to them. */
public final class Topic {

  private Topic() {}

  /** Hands {@code writing} what sends a record; returns when Kafka has acknowledged each. */
  static void write(String servers, Consumer<Consumer<ProducerRecord<byte[], byte[]>>> writing) {
    var settings = Map.<String, Object>of("bootstrap.servers", servers);
    var sent = new ArrayList<Future<RecordMetadata>>();
    try (var producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      writing.accept(record -> sent.add(producer.send(record)));
      for (var acknowledgement : sent) {
        acknowledgement.get();
      }
    } catch (ExecutionException refused) {
      throw new IllegalStateException("Kafka refuses what the suite sends", refused);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(stopped);
    }
  }

  /** What the topic holds now, from the beginning; nothing if there is no such topic. */
  public static void read(
      String servers, String topic, Consumer<ConsumerRecord<byte[], byte[]>> each) {
    var settings =
        Map.<String, Object>of(
            "bootstrap.servers",
            servers,
            "group.id",
            UUID.randomUUID().toString(),
            "enable.auto.commit",
            false,
            "allow.auto.create.topics",
            false,
            "default.api.timeout.ms",
            15_000);
    try (var consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.listTopics().getOrDefault(topic, List.of()).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .collect(Collectors.toSet());
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(it -> consumer.position(it) < ends.getOrDefault(it, 0L))) {
        consumer.poll(Duration.ofMillis(200)).forEach(each);
      }
    }
  }
}
