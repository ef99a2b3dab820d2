package dev.mall.inventory.messaging;

import dev.mall.contracts.Command.TransactionCommand.CommitStock;
import dev.mall.contracts.Command.TransactionCommand.Decide;
import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.Command.TransactionCommand.RollBackStock;
import dev.mall.contracts.wire.Topics;
import dev.mall.inventory.stock.PrepareSales;
import dev.mall.messaging.consumer.Consumers;
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
class StockTransactionConsumers {

  @Bean
  MessageListenerContainer stockPrepares(
      Consumers consumers, TransactionParticipant participant, PrepareSales sales) {
    return consumers.<PrepareStock>singleMessages(
        "prepares",
        Set.of(PrepareStock.class),
        List.of(Topics.INVENTORY_PREPARES),
        command -> participant.prepare(command, sales::prepare));
  }

  @Bean
  MessageListenerContainer stockDecisions(Consumers consumers, TransactionParticipant participant) {
    return consumers.<Decide>singleMessages(
        "decisions",
        Set.of(CommitStock.class, RollBackStock.class),
        List.of(Topics.INVENTORY_DECISIONS),
        participant::decide);
  }
}
