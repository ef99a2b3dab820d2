package dev.mall.saga.messaging;

import dev.mall.messaging.kafka.ClockSetBack;
import dev.mall.messaging.kafka.ConsumerLag;
import dev.mall.messaging.kafka.ConsumerLag.LagUnknownException;
import dev.mall.saga.runtime.Backlog;
import dev.mall.saga.runtime.Unread;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;

/**
 * Compares the end offsets of topics with the offsets that their consumer groups have committed,
 * one partition at a time.
 *
 * <p>Under load a topic always has unread records. The end offsets are therefore read once, and the
 * groups get a short time to commit that far.
 *
 * <p>When partitions are added to a topic, messages of a key may still lie in the partition that
 * the former count gave them. A key is judged by the partitions for the configured count and for
 * each count seen since the start of the process.
 */
final class KafkaBacklog implements Backlog, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaBacklog.class);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ConsumerLag lag;
  private final Map<String, String> readers;
  private final int configuredPartitions;
  private final Duration patience;
  private final Map<String, Set<Integer>> partitionCounts = new ConcurrentHashMap<>();

  /**
   * @param readers the consumer group of each topic
   * @param configuredPartitions partitions with which the topics were created
   * @param patience longest wait for the groups
   */
  KafkaBacklog(
      ConsumerLag lag, Map<String, String> readers, int configuredPartitions, Duration patience) {
    this.lag = lag;
    this.readers = Map.copyOf(readers);
    this.configuredPartitions = configuredPartitions;
    this.patience = patience;
  }

  @Override
  public Unread unread() {
    try {
      var ends = lag.ends(readers.keySet());
      ends.partitions().forEach((topic, count) -> countsOf(topic).add(count));
      long giveUp = System.nanoTime() + patience.toNanos();
      var behind = lag.behind(ends, readers);
      while (!behind.isEmpty() && System.nanoTime() < giveUp) {
        Thread.sleep(PAUSE);
        behind = lag.behind(ends, readers);
      }
      var unread = behind;
      return (topic, key) -> partitionsOf(topic, key).anyMatch(unread::contains);
    } catch (LagUnknownException unreachable) {
      log.debug("consumer lag unknown", unreachable);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    return Unread.anywhereIn(readers.keySet());
  }

  private Set<Integer> countsOf(String topic) {
    return partitionCounts.computeIfAbsent(
        topic, _ -> new CopyOnWriteArraySet<>(Set.of(configuredPartitions)));
  }

  /** The partitions into which Kafka's producer may have put messages of {@code key}. */
  private Stream<TopicPartition> partitionsOf(String topic, String key) {
    var bytes = key.getBytes(StandardCharsets.UTF_8);
    return countsOf(topic).stream()
        .map(count -> new TopicPartition(topic, BuiltInPartitioner.partitionForKey(bytes, count)));
  }

  /**
   * Replaces Kafka's client, whose timeouts depend on a clock that must not go back: a call under
   * way fails as if Kafka were unreachable.
   */
  @EventListener(ClockSetBack.class)
  void renew() {
    lag.close();
  }

  @Override
  public void close() {
    lag.close();
  }
}
