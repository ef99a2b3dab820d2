package dev.mall.messaging.consumer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.event.ListenerContainerPartitionIdleEvent;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Commits once more what was handled of a partition that has fallen silent. Its last commit may
 * have been lost, and no later one would make up for it: deadlines would take it for unread.
 */
final class IdleCommits implements ApplicationListener<ListenerContainerPartitionIdleEvent> {

  private static final Logger log = LoggerFactory.getLogger(IdleCommits.class);

  private final Map<Place, Long> handled = new ConcurrentHashMap<>();

  private record Place(String group, TopicPartition partition) {}

  /** The same listener, which notes how far a group has handled what it acknowledges. */
  BatchAcknowledgingMessageListener<String, byte[]> noting(
      String group, BatchAcknowledgingMessageListener<String, byte[]> listener) {
    return (records, acknowledgment) ->
        listener.onMessage(
            records,
            new Noting(group, records, Objects.requireNonNull(acknowledgment, "AckMode.MANUAL")));
  }

  private final class Noting implements Acknowledgment {

    private final String group;
    private final List<ConsumerRecord<String, byte[]>> records;
    private final Acknowledgment offsets;

    Noting(String group, List<ConsumerRecord<String, byte[]>> records, Acknowledgment offsets) {
      this.group = group;
      this.records = records;
      this.offsets = offsets;
    }

    @Override
    public void acknowledge() {
      offsets.acknowledge();
      note(records);
    }

    @Override
    public void nack(int index, Duration sleep) {
      offsets.nack(index, sleep);
      note(records.subList(0, index));
    }

    private void note(List<ConsumerRecord<String, byte[]>> done) {
      for (var record : done) {
        var partition = new TopicPartition(record.topic(), record.partition());
        handled.put(new Place(group, partition), record.offset() + 1);
      }
    }
  }

  /** How many partitions have not been committed once more since they were last read. */
  int unconfirmed() {
    return handled.size();
  }

  /** Called on the consumer's own thread, between two polls. */
  @Override
  public void onApplicationEvent(ListenerContainerPartitionIdleEvent idle) {
    var consumer = idle.getConsumer();
    var place = new Place(consumer.groupMetadata().groupId(), idle.getTopicPartition());
    commitOnceMore(consumer, place);
  }

  /**
   * Only what was handled here, and only while nothing else was read since: the partition may have
   * been another replica's in between.
   */
  private void commitOnceMore(Consumer<?, ?> consumer, Place place) {
    var offset = handled.get(place);
    if (offset == null || !consumer.assignment().contains(place.partition())) {
      return;
    }
    if (consumer.position(place.partition()) != offset) {
      handled.remove(place, offset);
      return;
    }
    consumer.commitAsync(
        Map.of(place.partition(), new OffsetAndMetadata(offset)),
        (_, failure) -> committed(place, offset, failure));
  }

  private void committed(Place place, Long offset, @Nullable Exception failure) {
    if (failure == null) {
      handled.remove(place, offset);
    } else {
      log.debug("{} cannot be committed now", place, failure);
    }
  }
}
