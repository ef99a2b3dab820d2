package dev.mall.saga.messaging;

import dev.mall.messaging.ClockSetBack;
import dev.mall.saga.runtime.Answers;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * Compares how far topics reach with how far the consumer groups that read them have committed.
 *
 * <p>Under load there is always something unread. So it looks how far the topics reach at first,
 * and waits, a little, until the groups have come that far.
 */
final class KafkaAnswers implements Answers, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaAnswers.class);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Map<String, Object> configuration;
  private final Map<String, String> readers;
  private final Duration patience;
  private volatile @Nullable Admin admin;

  /**
   * @param configuration of a Kafka client
   * @param readers the consumer group that reads each topic
   * @param patience how long to wait for the groups at most
   */
  KafkaAnswers(Map<String, Object> configuration, Map<String, String> readers, Duration patience) {
    this.configuration = configuration;
    this.readers = Map.copyOf(readers);
    this.patience = patience;
  }

  @Override
  public synchronized Set<String> unread() {
    try {
      var ends = ends();
      long giveUp = System.nanoTime() + patience.toNanos();
      var unread = topicsBehind(ends);
      while (!unread.isEmpty() && System.nanoTime() < giveUp) {
        Thread.sleep(PAUSE);
        unread = topicsBehind(ends);
      }
      return unread;
    } catch (ExecutionException | KafkaException away) {
      log.debug("Nobody can tell what is unread", away);
      return readers.keySet();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return readers.keySet();
    }
  }

  /** Where each partition ends that holds anything. */
  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    var topics = admin().describeTopics(readers.keySet()).allTopicNames().get();
    var partitions =
        topics.values().stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .map(partition -> new TopicPartition(topic.name(), partition.partition())))
            .toList();
    var beginnings = offsets(partitions, OffsetSpec.earliest());
    var ends = new HashMap<>(offsets(partitions, OffsetSpec.latest()));
    ends.entrySet().removeIf(end -> end.getValue().equals(beginnings.get(end.getKey())));
    return ends;
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException {
    var wanted = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
    return admin().listOffsets(wanted).all().get().entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
  }

  /** The topics that their readers have not committed as far as this. */
  private Set<String> topicsBehind(Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    var groups =
        readers.values().stream()
            .distinct()
            .collect(
                Collectors.toMap(Function.identity(), _ -> new ListConsumerGroupOffsetsSpec()));
    var committed = admin().listConsumerGroupOffsets(groups).all().get();
    var behind = new HashSet<String>();
    ends.forEach((partition, end) -> {
      var group = committed.getOrDefault(readers.get(partition.topic()), Map.of());
      if (!reaches(group.get(partition), end)) {
        behind.add(partition.topic());
      }
    });
    return behind;
  }

  private static boolean reaches(@Nullable OffsetAndMetadata committed, long end) {
    return committed != null && committed.offset() >= end;
  }

  /** Made when first needed, so that the service starts without Kafka. */
  private Admin admin() {
    var client = admin;
    if (client == null) {
      client = Admin.create(configuration);
      admin = client;
    }
    return client;
  }

  /**
   * Kafka's client waits by a clock that must not go back: a look that is under way ends as if
   * Kafka were away, and the next one is made by a new client.
   */
  @EventListener(ClockSetBack.class)
  void renew() {
    close();
  }

  @Override
  public void close() {
    var client = admin;
    admin = null;
    if (client != null) {
      client.close(Duration.ZERO);
    }
  }
}
