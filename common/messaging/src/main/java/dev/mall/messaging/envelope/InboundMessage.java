package dev.mall.messaging.envelope;

import dev.mall.contracts.Message;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A message that came in, with what travelled in its headers.
 *
 * @param id the same on every repeat
 * @param causationId the message that this one answers or follows from
 * @param traceparent W3C trace context of the work on this message; null without tracing
 * @param createdAt the clock of the sender's database; for people and for the horizon, never for
 *     ordering
 * @param record what it was read from; null if it came from no topic
 */
public record InboundMessage<M extends Message>(
    UUID id,
    M message,
    @Nullable UUID causationId,
    @Nullable String traceparent,
    Instant createdAt,
    @Nullable ConsumerRecord<String, byte[]> record) {

  public InboundMessage(
      UUID id,
      M message,
      @Nullable UUID causationId,
      @Nullable String traceparent,
      Instant createdAt) {
    this(id, message, causationId, traceparent, createdAt, null);
  }

  /** The message as it came; null if it came from no topic. */
  public @Nullable RawMessage raw() {
    return record == null ? null : RawMessage.of(record);
  }
}
