package dev.mall.payment.messaging;

import dev.mall.contracts.Event;
import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.EventBatch;
import dev.mall.payment.charge.HandlePaymentCommands;
import dev.mall.payment.choreography.PaymentChoreography;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Consumes the events of orders that no orchestrator checks out. */
@Configuration(proxyBeanMethods = false)
class PaymentChoreographyConsumer {

  @Bean
  MessageListenerContainer paymentEventsConsumer(
      Consumers consumers, HandlePaymentCommands payments) {
    return consumers.<Event>messages(
        "choreography",
        PaymentChoreography.EVENTS,
        List.of(Topics.INVENTORY_EVENTS),
        batch -> handle(payments, batch));
  }

  private static void handle(HandlePaymentCommands payments, List<InboundMessage<Event>> received) {
    var batch = EventBatch.<PaymentCommand>of(received, PaymentChoreography::command);
    payments.handle(
        batch.commands(),
        batch.route((cause, reply) -> PaymentChoreography.event(cause, (PaymentReply) reply)));
  }
}
