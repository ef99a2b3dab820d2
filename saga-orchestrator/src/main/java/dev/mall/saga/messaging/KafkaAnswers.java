package dev.mall.saga.messaging;

import dev.mall.contracts.Topics;
import dev.mall.saga.runtime.Answers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares how far the topic of replies reaches with how far the sagas' consumer group has
 * committed.
 *
 * <p>Under load there is always something unread. So it looks how far the topic reaches at first,
 * and waits, a little, until the group has come that far.
 */
final class KafkaAnswers implements Answers, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaAnswers.class);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final Map<String, Object> configuration;
  private final String group;
  private final Duration patience;
  private @Nullable Admin admin;

  /**
   * @param configuration of a Kafka client
   * @param patience how long to wait for the group at most
   */
  KafkaAnswers(Map<String, Object> configuration, String group, Duration patience) {
    this.configuration = configuration;
    this.group = group;
    this.patience = patience;
  }

  @Override
  public synchronized boolean areAllRead() {
    try {
      var ends = ends();
      long giveUp = System.nanoTime() + patience.toNanos();
      while (!isCommitted(ends)) {
        if (System.nanoTime() >= giveUp) {
          return false;
        }
        Thread.sleep(PAUSE);
      }
      return true;
    } catch (ExecutionException | KafkaException away) {
      log.debug("Nobody can tell whether replies are unread", away);
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Where each partition ends that holds anything. */
  private Map<TopicPartition, Long> ends() throws ExecutionException, InterruptedException {
    var topic = admin().describeTopics(List.of(Topics.SAGA_REPLIES)).allTopicNames().get();
    var partitions =
        topic.values().stream()
            .flatMap(description -> description.partitions().stream())
            .map(partition -> new TopicPartition(Topics.SAGA_REPLIES, partition.partition()))
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

  private boolean isCommitted(Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException {
    if (ends.isEmpty()) {
      return true;
    }
    var committed = admin().listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
    return ends.entrySet().stream()
        .allMatch(end -> {
          var offset = committed.get(end.getKey());
          return offset != null && offset.offset() >= end.getValue();
        });
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

  @Override
  public synchronized void close() {
    if (admin != null) {
      admin.close(Duration.ofSeconds(1));
    }
  }
}
