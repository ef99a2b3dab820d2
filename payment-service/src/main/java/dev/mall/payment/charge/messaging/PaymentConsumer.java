package dev.mall.payment.charge.messaging;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.payment.charge.ProcessPayments;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Reads the commands about payments. */
@Configuration(proxyBeanMethods = false)
class PaymentConsumer {

  @Bean
  MessageListenerContainer paymentCommands(Consumers consumers, ProcessPayments payments) {
    return consumers.messages(
        "payments",
        Set.of(PaymentCommand.class),
        List.of(Topics.PAYMENT_COMMANDS),
        payments::handle);
  }
}
