package dev.mall.messaging.consumer;

import dev.mall.messaging.consumer.failure.DeadLetters;
import dev.mall.messaging.consumer.failure.PausingNack;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import dev.mall.messaging.envelope.MessageTracing;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;

/** Creates the listeners of consumers. */
final class BatchListeners {

  private final DeadLetters deadLetters;
  private final MessageTracing tracing;
  private final IdleCommits idleCommits;
  private final int attempts;

  /**
   * @param attempts how often a message is tried alone before it is dead-lettered
   */
  BatchListeners(
      DeadLetters deadLetters, MessageTracing tracing, IdleCommits idleCommits, int attempts) {
    this.deadLetters = deadLetters;
    this.tracing = tracing;
    this.idleCommits = idleCommits;
    this.attempts = attempts;
  }

  <T> BatchAcknowledgingConsumerAwareMessageListener<String, byte[]> listener(
      Function<ConsumerRecord<String, byte[]>, Reading<T>> reader,
      BatchWork<T> work,
      ConsumerProgress progress) {
    var listener =
        new BatchConsumer<>(reader, work, deadLetters, tracing, attempts, progress::current);
    return PausingNack.of(idleCommits.noting(progress.name(), listener));
  }
}
