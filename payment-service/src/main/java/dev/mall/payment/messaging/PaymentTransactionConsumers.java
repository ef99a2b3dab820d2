package dev.mall.payment.messaging;

import dev.mall.contracts.Command.TransactionCommand.CommitPayment;
import dev.mall.contracts.Command.TransactionCommand.Decide;
import dev.mall.contracts.Command.TransactionCommand.PreparePayment;
import dev.mall.contracts.Command.TransactionCommand.RollBackPayment;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.payment.charge.PreparePayments;
import dev.mall.twophase.TransactionParticipant;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Consumes the commands of two-phase commits, each in a transaction of its own. Decisions have a
 * consumer of their own: a preparation may wait for a lock that only the decision behind it frees.
 */
@Configuration(proxyBeanMethods = false)
class PaymentTransactionConsumers {

  @Bean
  MessageListenerContainer paymentPrepares(
      Consumers consumers, TransactionParticipant participant, PreparePayments payments) {
    return consumers.<PreparePayment>singleMessages(
        "prepares",
        Set.of(PreparePayment.class),
        List.of(Topics.PAYMENT_PREPARES),
        command -> participant.prepare(command, payments::prepare));
  }

  @Bean
  MessageListenerContainer paymentDecisions(
      Consumers consumers, TransactionParticipant participant) {
    return consumers.<Decide>singleMessages(
        "decisions",
        Set.of(CommitPayment.class, RollBackPayment.class),
        List.of(Topics.PAYMENT_DECISIONS),
        participant::decide);
  }
}
