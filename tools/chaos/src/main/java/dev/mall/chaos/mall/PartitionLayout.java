package dev.mall.chaos.mall;

import static dev.mall.chaos.mall.KafkaReplies.await;

import dev.mall.cli.Polling;
import dev.mall.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ElectionNotNeededException;
import org.apache.kafka.common.utils.Utils;

/**
 * Which of three brokers leads which partition: {@link #BROKER} leads {@link #PARTITION} of each
 * topic and nothing else, so that one partition is unreachable when that broker is.
 */
public final class PartitionLayout {

  public static final int BROKER = 3;
  public static final int PARTITION = 0;

  private static final int PARTITIONS = 6;
  private static final String OFFSETS = "__consumer_offsets";
  private static final Duration IN_SYNC = Duration.ofMinutes(2);

  private PartitionLayout() {}

  /** The partition of every message about an order, in each topic. */
  public static int partitionOf(long order) {
    var key = Long.toString(order).getBytes(StandardCharsets.UTF_8);
    return Utils.toPositive(Utils.murmur2(key)) % PARTITIONS;
  }

  /** Creates the topics before a service does. */
  static void create(String servers) {
    var topics =
        Topics.ALL.stream()
            .flatMap(topic ->
                Stream.of(
                    new NewTopic(topic, replicas()),
                    new NewTopic(Topics.deadLettersOf(topic), Map.of(0, List.of(1, 2, 3)))));
    var odd = List.of(1, 2, BROKER);
    var even = List.of(2, 1, BROKER);
    var offsets = new NewTopic(OFFSETS, Map.of(0, even, 1, odd, 2, even, 3, odd));
    offsets.configs(Map.of("cleanup.policy", "compact"));
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      await(admin.createTopics(Stream.concat(topics, Stream.of(offsets)).toList()).all());
    }
  }

  /** The first one leads while it is in sync. */
  private static Map<Integer, List<Integer>> replicas() {
    return IntStream.range(0, PARTITIONS)
        .boxed()
        .collect(
            Collectors.toMap(
                Function.identity(),
                partition ->
                    partition == PARTITION
                        ? List.of(BROKER, 1, 2)
                        : partition % 2 == 1 ? List.of(1, 2, BROKER) : List.of(2, 1, BROKER)));
  }

  /**
   * Waits until every partition has three copies in sync, and lets the first broker of each lead.
   */
  public static void restore(String servers) throws InterruptedException {
    try (var admin = Admin.create(Map.of("bootstrap.servers", servers))) {
      Polling.require(
          IN_SYNC, () -> isInSync(admin), () -> "a partition has fewer than three copies in sync");
      Polling.require(
          IN_SYNC, () -> isElected(admin), () -> "a partition is not led by its first broker");
    }
  }

  private static boolean isInSync(Admin admin) {
    return topics(admin).stream()
        .flatMap(topic -> topic.partitions().stream())
        .allMatch(partition -> partition.isr().size() == partition.replicas().size());
  }

  private static boolean isElected(Admin admin) {
    var others =
        topics(admin).stream()
            .flatMap(topic ->
                topic.partitions().stream()
                    .filter(it -> !it.replicas().getFirst().equals(it.leader()))
                    .map(it -> new TopicPartition(topic.name(), it.partition())))
            .collect(Collectors.toSet());
    if (others.isEmpty()) {
      return true;
    }
    elect(admin, others);
    return false;
  }

  private static void elect(Admin admin, Set<TopicPartition> partitions) {
    await(admin.electLeaders(ElectionType.PREFERRED, partitions).partitions()).values().stream()
        .flatMap(Optional::stream)
        .filter(failure -> !(failure instanceof ElectionNotNeededException))
        .findFirst()
        .ifPresent(failure -> {
          throw new IllegalStateException(failure);
        });
  }

  private static Collection<TopicDescription> topics(Admin admin) {
    return await(admin.describeTopics(await(admin.listTopics().names())).allTopicNames()).values();
  }
}
