package dev.mall.payment.messaging;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.payment.charge.HandlePaymentCommands;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Consumes payment commands. */
@Configuration(proxyBeanMethods = false)
class PaymentConsumer {

  @Bean
  MessageListenerContainer paymentCommands(Consumers consumers, HandlePaymentCommands payments) {
    return consumers.messages(
        "payments",
        Set.of(PaymentCommand.class),
        List.of(Topics.PAYMENT_COMMANDS),
        payments::handle);
  }
}
