package dev.mall.saga.messaging;

import dev.mall.messaging.kafka.ClockSetBack;
import dev.mall.saga.runtime.Answers;
import dev.mall.saga.runtime.Unread;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListConsumerGroupOffsetsSpec;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * Compares how far topics reach with how far the consumer groups that read them have committed, one
 * partition at a time.
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
  private final Duration callLimit;
  private volatile @Nullable Admin admin;

  /**
   * @param configuration of a Kafka client
   * @param readers the consumer group that reads each topic
   * @param patience how long to wait for the groups at most
   * @param callLimit how long one answer of Kafka may take; a client that takes longer is replaced
   */
  KafkaAnswers(
      Map<String, Object> configuration,
      Map<String, String> readers,
      Duration patience,
      Duration callLimit) {
    this.configuration = configuration;
    this.readers = Map.copyOf(readers);
    this.patience = patience;
    this.callLimit = callLimit;
  }

  @Override
  public Unread unread() {
    try {
      var partitions = partitions();
      var ends = ends(partitions);
      long giveUp = System.nanoTime() + patience.toNanos();
      var behind = behind(ends);
      while (!behind.isEmpty() && System.nanoTime() < giveUp) {
        Thread.sleep(PAUSE);
        behind = behind(ends);
      }
      return new Behind(partitions, behind);
    } catch (ExecutionException | KafkaException unreachable) {
      log.debug("Kafka does not say what is unread", unreachable);
    } catch (TimeoutException stuck) {
      log.warn("Kafka's client has not answered for {}; it is replaced", callLimit);
      renew();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Unread.anywhereIn(readers.keySet());
  }

  /**
   * @param partitions how many each topic has
   * @param unread those that were not read to their end
   */
  private record Behind(Map<String, Integer> partitions, Set<TopicPartition> unread)
      implements Unread {

    @Override
    public boolean mayHold(String topic, String key) {
      var count = partitions.get(topic);
      return !unread.isEmpty() && count != null && unread.contains(partition(topic, key, count));
    }

    /** Where Kafka's producer puts it. */
    private static TopicPartition partition(String topic, String key, int count) {
      var bytes = key.getBytes(StandardCharsets.UTF_8);
      return new TopicPartition(topic, BuiltInPartitioner.partitionForKey(bytes, count));
    }
  }

  private Map<String, Integer> partitions()
      throws ExecutionException, InterruptedException, TimeoutException {
    return answer(admin().describeTopics(readers.keySet()).allTopicNames()).values().stream()
        .collect(Collectors.toMap(TopicDescription::name, topic -> topic.partitions().size()));
  }

  /** Where each partition ends that holds anything. */
  private Map<TopicPartition, Long> ends(Map<String, Integer> partitions)
      throws ExecutionException, InterruptedException, TimeoutException {
    var all =
        partitions.entrySet().stream()
            .flatMap(topic ->
                IntStream.range(0, topic.getValue())
                    .mapToObj(number -> new TopicPartition(topic.getKey(), number)))
            .toList();
    var beginnings = offsets(all, OffsetSpec.earliest());
    var ends = new HashMap<>(offsets(all, OffsetSpec.latest()));
    ends.entrySet().removeIf(end -> end.getValue().equals(beginnings.get(end.getKey())));
    return ends;
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws ExecutionException, InterruptedException, TimeoutException {
    var wanted = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
    return answer(admin().listOffsets(wanted).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
  }

  /** The partitions that their readers have not committed as far as this. */
  private Set<TopicPartition> behind(Map<TopicPartition, Long> ends)
      throws ExecutionException, InterruptedException, TimeoutException {
    var groups =
        readers.values().stream()
            .distinct()
            .collect(
                Collectors.toMap(Function.identity(), _ -> new ListConsumerGroupOffsetsSpec()));
    var committed = answer(admin().listConsumerGroupOffsets(groups).all());
    var behind = new HashSet<TopicPartition>();
    ends.forEach((partition, end) -> {
      var group = committed.getOrDefault(readers.get(partition.topic()), Map.of());
      if (!reaches(group.get(partition), end)) {
        behind.add(partition);
      }
    });
    return behind;
  }

  private static boolean reaches(@Nullable OffsetAndMetadata committed, long end) {
    return committed != null && committed.offset() >= end;
  }

  /** Waits by the clock that never jumps, unlike the client's own limits. */
  private <T> T answer(KafkaFuture<T> future)
      throws ExecutionException, InterruptedException, TimeoutException {
    return future.get(callLimit.toMillis(), TimeUnit.MILLISECONDS);
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
