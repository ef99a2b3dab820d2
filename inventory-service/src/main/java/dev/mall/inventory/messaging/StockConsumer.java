package dev.mall.inventory.messaging;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.wire.Topics;
import dev.mall.inventory.stock.Fence;
import dev.mall.inventory.stock.HandleStockCommands;
import dev.mall.locking.Locks;
import dev.mall.messaging.consumer.Consumers;
import dev.mall.messaging.envelope.InboundMessage;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Holds locks on the SKUs of a batch while it is handled, until after the commit. */
@Configuration(proxyBeanMethods = false)
class StockConsumer {

  @Bean
  MessageListenerContainer stockCommandsConsumer(
      Consumers consumers, Locks locks, HandleStockCommands commands) {
    return consumers.<InventoryCommand>messages(
        "stock",
        Set.of(InventoryCommand.class),
        List.of(Topics.INVENTORY_COMMANDS),
        batch -> locked(locks, batch, fence -> commands.handle(batch, fence)));
  }

  /** The locks reduce contention between replicas; correctness rests on the row locks. */
  static void locked(
      Locks locks, List<InboundMessage<InventoryCommand>> batch, Consumer<Fence> work) {
    var skus = HandleStockCommands.skusToReserve(batch);
    var names = skus.stream().map("stock:"::concat).collect(Collectors.toSet());
    locks.withLock(names, token -> work.accept(new Fence(token, skus)));
  }
}
