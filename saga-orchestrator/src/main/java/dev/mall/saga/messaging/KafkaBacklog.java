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
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.apache.kafka.common.TopicPartition;
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
final class KafkaBacklog implements Backlog, AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(KafkaBacklog.class);

  private static final Duration PAUSE = Duration.ofMillis(50);

  private final ConsumerLag lag;
  private final Map<String, String> readers;
  private final Duration patience;

  /**
   * @param readers the consumer group that reads each topic
   * @param patience how long to wait for the groups at most
   */
  KafkaBacklog(ConsumerLag lag, Map<String, String> readers, Duration patience) {
    this.lag = lag;
    this.readers = Map.copyOf(readers);
    this.patience = patience;
  }

  @Override
  public Unread unread() {
    try {
      var ends = lag.ends(readers.keySet());
      long giveUp = System.nanoTime() + patience.toNanos();
      var behind = lag.behind(ends, readers);
      while (!behind.isEmpty() && System.nanoTime() < giveUp) {
        Thread.sleep(PAUSE);
        behind = lag.behind(ends, readers);
      }
      return new Behind(ends.partitions(), behind);
    } catch (LagUnknownException unreachable) {
      log.debug("consumer lag unknown", unreachable);
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

  /**
   * Kafka's client waits by a clock that must not go back: a look that is under way ends as if
   * Kafka were away, and the next one is made by a new client.
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
