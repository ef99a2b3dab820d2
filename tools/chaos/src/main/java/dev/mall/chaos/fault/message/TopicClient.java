package dev.mall.chaos.fault.message;

import static dev.mall.chaos.mall.KafkaReplies.await;

import dev.mall.cli.Polling;
import dev.mall.contracts.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.GroupListing;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The suite's own way to read topics from their beginning, and to write to them. */
public final class TopicClient {

  private TopicClient() {}

  /** Hands {@code writing} what sends a record; returns when Kafka has acknowledged each. */
  public static void write(
      String servers, Consumer<Consumer<ProducerRecord<byte[], byte[]>>> writing) {
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

  /**
   * Whether every consumer group has read, in time, all that its topics hold now. A group whose
   * last commit of offsets was lost does not look so before it commits again.
   */
  public static boolean isReadWithin(String servers, Duration atMost) throws InterruptedException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      var ends = ends(admin);
      return Polling.until(atMost, () -> isRead(ends, committedOfEachGroup(admin)));
    }
  }

  private static Map<TopicPartition, Long> ends(Admin admin) {
    var present = await(admin.listTopics().names());
    var known = Topics.ALL.stream().filter(present::contains).toList();
    var partitions =
        await(admin.describeTopics(known).allTopicNames()).values().stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(it -> new TopicPartition(topic.name(), it.partition())))
            .collect(Collectors.toMap(Function.identity(), _ -> OffsetSpec.latest()));
    return await(admin.listOffsets(partitions).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, end -> end.getValue().offset()));
  }

  private static Collection<Map<TopicPartition, OffsetAndMetadata>> committedOfEachGroup(
      Admin admin) {
    var groups =
        await(admin.listGroups().all()).stream()
            .collect(
                Collectors.toMap(GroupListing::groupId, _ -> new ListConsumerGroupOffsetsSpec()));
    return await(admin.listConsumerGroupOffsets(groups).all()).values();
  }

  /** A group's topics are those that it has ever read. */
  private static boolean isRead(
      Map<TopicPartition, Long> ends,
      Collection<Map<TopicPartition, OffsetAndMetadata>> committedOfEachGroup) {
    return committedOfEachGroup.stream()
        .allMatch(committed -> {
          var topics = committed.keySet().stream().map(TopicPartition::topic).toList();
          return ends.entrySet().stream()
              .filter(end -> end.getValue() > 0 && topics.contains(end.getKey().topic()))
              .allMatch(end -> {
                var read = committed.get(end.getKey());
                return read != null && read.offset() >= end.getValue();
              });
        });
  }

  /**
   * Reads all records that the topic holds now, from the beginning; none if the topic does not
   * exist.
   */
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
