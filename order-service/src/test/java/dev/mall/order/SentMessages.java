package dev.mall.order;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderReply;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.InboundMessage;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.MessageListenerContainer;

/** The messages that the service sent, consumed from Kafka. */
class SentMessages {

  private final List<InboundMessage<? extends Message>> all = new CopyOnWriteArrayList<>();

  @Bean
  MessageListenerContainer sentEvents(Consumers consumers) {
    return consumers.messages(
        "test-events", Set.of(OrderEvent.class), List.of(Topics.ORDER_EVENTS), all::addAll);
  }

  @Bean
  MessageListenerContainer sentReplies(Consumers consumers) {
    return consumers.messages(
        "test-replies", Set.of(OrderReply.class), List.of(Topics.SAGA_REPLIES), all::addAll);
  }

  /** Waits for at least {@code count} messages of a type about an order. */
  <M extends Message> List<InboundMessage<M>> await(int count, Class<M> type, long orderId) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> about(type, orderId).size() >= count);
    return about(type, orderId);
  }

  <M extends Message> List<InboundMessage<M>> about(Class<M> type, long orderId) {
    return all.stream()
        .filter(received -> type.isInstance(received.message()))
        .filter(received -> received.message().key().equals(Long.toString(orderId)))
        .map(received ->
            new InboundMessage<>(
                received.id(),
                type.cast(received.message()),
                received.causationId(),
                received.traceparent(),
                received.createdAt()))
        .toList();
  }
}
