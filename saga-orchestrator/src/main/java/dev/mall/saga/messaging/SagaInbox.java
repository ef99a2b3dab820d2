package dev.mall.saga.messaging;

import dev.mall.contracts.Command;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Reply;
import dev.mall.contracts.Topics;
import dev.mall.messaging.Consumers;
import dev.mall.messaging.DeadLetter;
import dev.mall.messaging.Received;
import dev.mall.saga.engine.Signal;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.letters.KeepLetters;
import dev.mall.saga.runtime.Incoming;
import dev.mall.saga.runtime.SagaRunner;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionOperations;

/** Placed orders and replies come in together, in one batch; dead letters by themselves. */
@Configuration(proxyBeanMethods = false)
class SagaInbox {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  @Bean
  MessageListenerContainer sagas(Consumers consumers, SagaRunner runner) {
    var container =
        consumers.<Message>messages(
            "sagas",
            Set.of(OrderPlaced.class, Reply.class),
            List.of(Topics.ORDER_EVENTS, Topics.SAGA_REPLIES),
            batch -> runner.handle(batch.stream().map(SagaInbox::incoming).toList()));
    // Deadlines are judged by what is committed: no commit may get lost.
    container.getContainerProperties().setSyncCommits(true);
    return container;
  }

  @Bean
  MessageListenerContainer deadLetters(
      Consumers consumers,
      SagaRunner runner,
      KeepLetters letters,
      TransactionOperations transaction) {
    return consumers.deadLetters(
        "dead-letters",
        Topics.ALL,
        batch ->
            transaction.executeWithoutResult(_ -> {
              letters.keep(batch);
              var incoming = batch.stream().flatMap(SagaInbox::incoming).toList();
              if (!incoming.isEmpty()) {
                runner.handle(incoming);
              }
            }));
  }

  @Bean
  KafkaAnswers answers(KafkaAdmin admin, MessageListenerContainer sagas) {
    var readers = new HashMap<>(Topics.HANDLED_BY);
    readers.put(Topics.SAGA_REPLIES, Objects.requireNonNull(sagas.getGroupId()));
    return new KafkaAnswers(admin.getConfigurationProperties(), readers, PATIENCE);
  }

  private static Incoming incoming(Received<? extends Message> received) {
    var cause = new Cause(received.id(), received.traceparent());
    return switch (received.message()) {
      case OrderPlaced order -> new Incoming(order.orderId(), new Signal.Started(order, cause));
      case Reply reply -> new Incoming(reply.step().orderId(), new Signal.Replied(reply, cause));
      case OrderEvent _, Command _, ProductChanged _ ->
          throw new IllegalArgumentException("nobody asked for " + received.message());
    };
  }

  private static Stream<Incoming> incoming(DeadLetter letter) {
    var order = letter.orderId();
    if (order == null) {
      return Stream.empty();
    }
    var why =
        "dead letter of %s, %s: %s".formatted(letter.topic(), letter.cause(), letter.detail());
    return Stream.of(
        new Incoming(
            order, new Signal.DeadLettered(letter.id(), letter.causationId(), letter.type(), why)));
  }
}
