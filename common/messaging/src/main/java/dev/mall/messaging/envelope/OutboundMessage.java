package dev.mall.messaging.envelope;

import dev.mall.contracts.Message;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message to send; its topic and key follow from its type.
 *
 * @param id names the message permanently: a sender that may have to repeat it derives the id from
 *     what the message is about
 * @param traceparent W3C trace context; null without tracing
 */
public record OutboundMessage(
    UUID id, Message message, @Nullable UUID causationId, @Nullable String traceparent) {

  /**
   * Something to say because {@code cause} came in: its reply, or an event that follows from it.
   */
  public static OutboundMessage inReplyTo(InboundMessage<?> cause, Message message) {
    return new OutboundMessage(UUID.randomUUID(), message, cause.id(), cause.traceparent());
  }
}
