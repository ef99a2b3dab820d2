package dev.mall.order.messaging;

import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.order.catalogue.UpdateCatalogue;
import dev.mall.order.choreography.OrderChoreography;
import dev.mall.order.choreography.SettleByEvents;
import dev.mall.order.settle.SettleOrders;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Assigns message types to use cases. */
@Configuration(proxyBeanMethods = false)
class OrderConsumers {

  static final String CATALOGUE = "catalogue";

  @Bean
  MessageListenerContainer settlementConsumer(Consumers consumers, SettleOrders settle) {
    return consumers.messages(
        "settlement", Set.of(OrderCommand.class), List.of(Topics.ORDER_COMMANDS), settle::handle);
  }

  /** Settles the orders that no orchestrator checks out. */
  @Bean
  MessageListenerContainer orderEventsConsumer(Consumers consumers, SettleByEvents settle) {
    return consumers.messages(
        "choreography",
        OrderChoreography.EVENTS,
        List.of(Topics.INVENTORY_EVENTS, Topics.PAYMENT_EVENTS),
        settle::handle);
  }

  @Bean
  MessageListenerContainer catalogueConsumer(Consumers consumers, UpdateCatalogue catalogue) {
    return consumers.messages(
        CATALOGUE,
        Set.of(ProductChanged.class),
        List.of(Topics.CATALOGUE_EVENTS),
        catalogue::handle);
  }
}
