package dev.mall.messaging.consumer;

import dev.mall.messaging.consumer.PolledRecords.Item;
import dev.mall.messaging.consumer.failure.BatchLimit;
import dev.mall.messaging.consumer.failure.DeadLetters;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import dev.mall.messaging.envelope.MessageTracing;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Handles polled records in transactions of at most {@link BatchLimit} messages, in their order.
 * Acknowledges those it is done with: handled, skipped or dead-lettered. The others come again, at
 * once if only time ran out, later if the environment failed or all messages fail alike.
 */
final class BatchConsumer<T> implements BatchAcknowledgingMessageListener<String, byte[]> {

  private final Function<ConsumerRecord<String, byte[]>, Reading<T>> reader;
  private final BatchWork<T> work;
  private final DeadLetters deadLetters;
  private final MessageTracing tracing;
  private final int attempts;
  private final Supplier<ConsumerState> state;

  /**
   * @param attempts how often a message is tried alone before it is dead-lettered
   * @param state of the calling thread
   */
  BatchConsumer(
      Function<ConsumerRecord<String, byte[]>, Reading<T>> reader,
      BatchWork<T> work,
      DeadLetters deadLetters,
      MessageTracing tracing,
      int attempts,
      Supplier<ConsumerState> state) {
    this.reader = reader;
    this.work = work;
    this.deadLetters = deadLetters;
    this.tracing = tracing;
    this.attempts = attempts;
    this.state = state;
  }

  @Override
  public void onMessage(
      List<ConsumerRecord<String, byte[]>> records, @Nullable Acknowledgment acknowledgment) {
    var offsets = Objects.requireNonNull(acknowledgment, "the container's AckMode is MANUAL");
    try (var spans = tracing.spans()) {
      var items = records.stream().map(record -> read(record, spans)).toList();
      var polled = new PolledRecords<>(items, work, deadLetters, attempts, state.get());
      var pause = polled.handle();
      if (polled.done() == records.size()) {
        offsets.acknowledge();
      } else {
        offsets.nack(polled.done(), pause);
      }
    }
  }

  private Item<T> read(ConsumerRecord<String, byte[]> record, MessageTracing.Spans spans) {
    try {
      spans.begin(record);
      return new Item<>(record, reader.apply(record));
    } catch (RuntimeException | StackOverflowError unexpected) {
      return new Item<>(record, new Reading.Unreadable<>(Cause.UNREADABLE, unexpected.toString()));
    }
  }
}
