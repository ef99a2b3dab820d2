package dev.mall.messaging.kafka;

import java.time.Duration;
import java.util.Collection;
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
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compares the end offsets of topics with the offsets that consumer groups have committed. */
public final class ConsumerLag implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ConsumerLag.class);

  private final Map<String, Object> configuration;
  private final Duration callLimit;
  private volatile @Nullable Admin admin;

  /**
   * @param configuration of a Kafka client, which is created when it is first needed
   * @param callLimit longest time for one answer of Kafka; a client that takes longer is replaced
   */
  public ConsumerLag(Map<String, Object> configuration, Duration callLimit) {
    this.configuration = configuration;
    this.callLimit = callLimit;
  }

  /** Kafka could not be asked. */
  public static final class LagUnknownException extends Exception {
    private static final long serialVersionUID = 1L;

    LagUnknownException(Throwable cause) {
      super(cause.toString(), cause);
    }
  }

  /**
   * The end offsets of topics at one moment.
   *
   * @param partitions number of partitions of each topic
   * @param offsets of the partitions that hold any record
   */
  public record Ends(Map<String, Integer> partitions, Map<TopicPartition, Long> offsets) {

    public Ends {
      partitions = Map.copyOf(partitions);
      offsets = Map.copyOf(offsets);
    }
  }

  public Ends ends(Collection<String> topics) throws LagUnknownException, InterruptedException {
    var partitions =
        answer(() -> admin().describeTopics(topics).allTopicNames()).values().stream()
            .collect(Collectors.toMap(TopicDescription::name, topic -> topic.partitions().size()));
    var all =
        partitions.entrySet().stream()
            .flatMap(topic ->
                IntStream.range(0, topic.getValue())
                    .mapToObj(number -> new TopicPartition(topic.getKey(), number)))
            .toList();
    var beginnings = offsets(all, OffsetSpec.earliest());
    var ends = new HashMap<>(offsets(all, OffsetSpec.latest()));
    ends.entrySet().removeIf(end -> end.getValue().equals(beginnings.get(end.getKey())));
    return new Ends(partitions, ends);
  }

  private Map<TopicPartition, Long> offsets(List<TopicPartition> partitions, OffsetSpec spec)
      throws LagUnknownException, InterruptedException {
    var wanted = partitions.stream().collect(Collectors.toMap(Function.identity(), _ -> spec));
    return answer(() -> admin().listOffsets(wanted).all()).entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, found -> found.getValue().offset()));
  }

  /**
   * The partitions that their consumer group has not committed up to {@code ends}.
   *
   * @param groups the consumer group that reads each topic
   */
  public Set<TopicPartition> behind(Ends ends, Map<String, String> groups)
      throws LagUnknownException, InterruptedException {
    var wanted =
        groups.values().stream()
            .distinct()
            .collect(
                Collectors.toMap(Function.identity(), _ -> new ListConsumerGroupOffsetsSpec()));
    var committed = answer(() -> admin().listConsumerGroupOffsets(wanted).all());
    var behind = new HashSet<TopicPartition>();
    ends.offsets()
        .forEach((partition, end) -> {
          var group = committed.getOrDefault(groups.get(partition.topic()), Map.of());
          if (!reaches(group.get(partition), end)) {
            behind.add(partition);
          }
        });
    return behind;
  }

  private static boolean reaches(@Nullable OffsetAndMetadata committed, long end) {
    return committed != null && committed.offset() >= end;
  }

  private interface Call<T> {
    KafkaFuture<T> begin();
  }

  /** Waits by the clock that never jumps, unlike the client's own limits. */
  private <T> T answer(Call<T> call) throws LagUnknownException, InterruptedException {
    try {
      return call.begin().get(callLimit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | KafkaException unreachable) {
      throw new LagUnknownException(unreachable);
    } catch (TimeoutException stuck) {
      log.warn("Kafka's admin client has not answered for {}, replacing it", callLimit);
      close();
      throw new LagUnknownException(stuck);
    }
  }

  private Admin admin() {
    var client = admin;
    if (client == null) {
      client = Admin.create(configuration);
      admin = client;
    }
    return client;
  }

  /** Drops the client; a call under way fails, and the next one creates another. */
  @Override
  public void close() {
    var client = admin;
    admin = null;
    if (client != null) {
      client.close(Duration.ZERO);
    }
  }
}
