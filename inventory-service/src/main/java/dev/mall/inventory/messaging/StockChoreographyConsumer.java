package dev.mall.inventory.messaging;

import dev.mall.contracts.Event;
import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.wire.Topics;
import dev.mall.inventory.choreography.StockChoreography;
import dev.mall.inventory.stock.HandleStockCommands;
import dev.mall.locking.Locks;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.EventBatch;
import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Consumes the events of orders that no orchestrator checks out. */
@Configuration(proxyBeanMethods = false)
class StockChoreographyConsumer {

  @Bean
  MessageListenerContainer stockEventsConsumer(
      Consumers consumers, Locks locks, HandleStockCommands stock) {
    return consumers.<Event>messages(
        "choreography",
        StockChoreography.EVENTS,
        List.of(Topics.ORDER_EVENTS, Topics.PAYMENT_EVENTS),
        batch -> handle(locks, stock, batch));
  }

  private static void handle(
      Locks locks, HandleStockCommands stock, List<InboundMessage<Event>> received) {
    var batch = EventBatch.<InventoryCommand>of(received, StockChoreography::command);
    if (batch.isEmpty()) {
      return;
    }
    var route =
        batch.route((cause, reply) -> StockChoreography.event(cause, (InventoryReply) reply));
    StockConsumer.locked(
        locks, batch.commands(), fence -> stock.handle(batch.commands(), fence, route));
  }
}
