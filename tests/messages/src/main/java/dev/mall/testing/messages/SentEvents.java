package dev.mall.testing.messages;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Event;
import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Event.InventoryEvent;
import dev.mall.contracts.Event.PaymentEvent;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;

/** The events that services react to, sent and consumed through Kafka. */
public class SentEvents {

  private final Map<String, List<Event>> byKey = new ConcurrentHashMap<>();

  @Bean
  MessageListenerContainer sentEvents(Consumers consumers) {
    return consumers.<Event>messages(
        "test-choreography",
        Set.of(InventoryEvent.class, PaymentEvent.class, DecisionAwaited.class),
        List.of(Topics.INVENTORY_EVENTS, Topics.PAYMENT_EVENTS, Topics.DECISIONS_AWAITED),
        this::receive);
  }

  /** Sends events through the outbox of {@code service}, in one transaction. */
  public static void send(ApplicationContext service, Event... events) {
    var messages =
        Stream.of(events)
            .map(event -> new OutboundMessage(UUID.randomUUID(), event, null, null))
            .toList();
    service
        .getBean(TransactionTemplate.class)
        .executeWithoutResult(_ -> service.getBean(Outbox.class).append(messages));
  }

  /** Waits for so many events of a type about an order, and returns them. */
  public <E extends Event> List<E> await(int times, Class<E> type, long orderId) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(20))
        .untilAsserted(() -> assertThat(of(type, orderId)).hasSizeGreaterThanOrEqualTo(times));
    return of(type, orderId);
  }

  /** Those received so far. */
  public <E extends Event> List<E> of(Class<E> type, long orderId) {
    return byKey.getOrDefault(Long.toString(orderId), List.of()).stream()
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  private void receive(List<InboundMessage<Event>> batch) {
    batch.forEach(event ->
        byKey
            .computeIfAbsent(event.message().key(), _ -> new CopyOnWriteArrayList<>())
            .add(event.message()));
  }
}
