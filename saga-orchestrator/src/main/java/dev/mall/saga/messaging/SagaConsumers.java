package dev.mall.saga.messaging;

import dev.mall.contracts.Event.DecisionAwaited;
import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.Reply;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.MessagingProperties;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.kafka.ConsumerLag;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.saga.checkout.AnswerParticipants;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.operator.deadletters.StoreDeadLetters;
import dev.mall.saga.runtime.SagaRunner;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.SagaStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.KafkaAdmin;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Events that start sagas and replies come in together, in one batch; dead letters by themselves.
 */
@Configuration(proxyBeanMethods = false)
class SagaConsumers {

  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Above what the client itself waits for an answer, by a clock that may jump. */
  private static final Duration CALL_LIMIT = Duration.ofSeconds(8);

  @Bean
  MessageListenerContainer sagas(
      Consumers consumers, SagaRunner runner, SagaDefinitions definitions) {
    var types = new HashSet<Class<? extends Message>>(definitions.events());
    types.add(Reply.class);
    return consumers.<Message>messages(
        "sagas",
        types,
        List.of(Topics.ORDER_EVENTS, Topics.SAGA_REPLIES),
        batch -> {
          var signals =
              batch.stream()
                  .filter(received -> isForSagas(received.message()))
                  .map(received -> SagaSignal.of(received, definitions))
                  .toList();
          if (!signals.isEmpty()) {
            runner.handle(signals);
          }
        });
  }

  private static boolean isForSagas(Message message) {
    return !(message instanceof OrderPlaced placed) || placed.variant().isOrchestrated();
  }

  @Bean
  AnswerParticipants answerParticipants(SagaStore sagas, SagaRunner runner, Outbox outbox) {
    return new AnswerParticipants(sagas, runner, outbox);
  }

  @Bean
  MessageListenerContainer decisionsAwaited(Consumers consumers, AnswerParticipants answers) {
    return consumers.<DecisionAwaited>messages(
        "decisions-awaited",
        Set.of(DecisionAwaited.class),
        List.of(Topics.DECISIONS_AWAITED),
        answers::answer);
  }

  @Bean
  MessageListenerContainer deadLetters(
      Consumers consumers,
      SagaRunner runner,
      StoreDeadLetters letters,
      TransactionOperations transaction) {
    return consumers.deadLetters(
        "dead-letters",
        Topics.ALL,
        batch ->
            transaction.executeWithoutResult(_ -> {
              letters.keep(batch);
              var incoming = batch.stream().map(SagaSignal::of).flatMap(List::stream).toList();
              if (!incoming.isEmpty()) {
                runner.handle(incoming);
              }
            }));
  }

  @Bean
  KafkaBacklog backlog(
      KafkaAdmin admin, MessageListenerContainer sagas, MessagingProperties messaging) {
    var readers = new HashMap<>(Topics.HANDLED_BY);
    readers.put(Topics.SAGA_REPLIES, Objects.requireNonNull(sagas.getGroupId()));
    return new KafkaBacklog(
        new ConsumerLag(admin.getConfigurationProperties(), CALL_LIMIT),
        readers,
        messaging.partitions(),
        PATIENCE);
  }
}
