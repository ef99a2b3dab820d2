package dev.mall.notification.messaging;

import dev.mall.contracts.Event;
import dev.mall.contracts.NotificationCommand;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.idempotency.EventBatch;
import dev.mall.messaging.idempotency.ReplyRoute;
import dev.mall.notification.HandleNotificationCommands;
import dev.mall.notification.choreography.NotificationChoreography;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Consumes commands to notify customers. */
@Configuration(proxyBeanMethods = false)
class NotificationConsumer {

  @Bean
  MessageListenerContainer notificationCommands(
      Consumers consumers, HandleNotificationCommands customers) {
    return consumers.messages(
        "notifications",
        Set.of(NotificationCommand.class),
        List.of(Topics.NOTIFICATION_COMMANDS),
        customers::handle);
  }

  /** The ends of orders that no orchestrator checks out. */
  @Bean
  MessageListenerContainer checkoutEnds(Consumers consumers, HandleNotificationCommands customers) {
    return consumers.<Event>messages(
        "choreography",
        NotificationChoreography.EVENTS,
        List.of(Topics.ORDER_EVENTS),
        batch ->
            customers.handle(
                EventBatch.of(batch, NotificationChoreography::command).commands(),
                ReplyRoute.NONE));
  }
}
