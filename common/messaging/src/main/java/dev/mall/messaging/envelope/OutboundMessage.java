package dev.mall.messaging.envelope;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.InventoryEvent;
import dev.mall.contracts.Event.PaymentEvent;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Reply;
import java.util.OptionalLong;
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

  /** Empty for a message that is about no order. */
  OptionalLong orderId() {
    return switch (message) {
      case Command command -> OptionalLong.of(command.step().orderId());
      case Reply reply -> OptionalLong.of(reply.step().orderId());
      case OrderEvent event -> OptionalLong.of(event.orderId());
      case InventoryEvent event -> OptionalLong.of(event.orderId());
      case PaymentEvent event -> OptionalLong.of(event.orderId());
      case DecisionAwaited event -> OptionalLong.of(event.orderId());
      case ProductChanged _ -> OptionalLong.empty();
    };
  }
}
