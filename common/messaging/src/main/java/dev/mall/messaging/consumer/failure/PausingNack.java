package dev.mall.messaging.consumer.failure;

import java.time.Duration;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.springframework.kafka.listener.BatchAcknowledgingConsumerAwareMessageListener;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/**
 * Ends the pause of an earlier nack before the next one begins. Spring resumes after a nack only
 * what that nack has paused: partitions paused by one before it, while another partition was newly
 * assigned, would stay paused.
 */
public final class PausingNack implements Acknowledgment {

  private final Acknowledgment offsets;
  private final Consumer<?, ?> consumer;

  private PausingNack(Acknowledgment offsets, Consumer<?, ?> consumer) {
    this.offsets = offsets;
    this.consumer = consumer;
  }

  /** The same listener, for a container of which nothing else pauses partitions. */
  public static BatchAcknowledgingConsumerAwareMessageListener<String, byte[]> of(
      BatchAcknowledgingMessageListener<String, byte[]> listener) {
    return (records, offsets, consumer) ->
        listener.onMessage(
            records,
            new PausingNack(
                Objects.requireNonNull(offsets, "AckMode.MANUAL"),
                Objects.requireNonNull(consumer)));
  }

  @Override
  public void acknowledge() {
    offsets.acknowledge();
  }

  @Override
  public void nack(int index, Duration sleep) {
    if (sleep.isPositive()) {
      consumer.resume(consumer.paused()); // the container pauses all of them at once
    }
    offsets.nack(index, sleep);
  }
}
