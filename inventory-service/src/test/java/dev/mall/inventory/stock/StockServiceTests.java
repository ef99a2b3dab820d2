package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.Reply;
import dev.mall.inventory.InventoryServiceTests;
import dev.mall.messaging.envelope.InboundMessage;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Batches handed to the use case, as the consumer would. */
abstract class StockServiceTests extends InventoryServiceTests {

  @Autowired HandleStockCommands commands;
  @Autowired ExpireReservations expire;
  @Autowired TransactionTemplate transaction;

  @AfterEach
  void theStockAddsUp() {
    StockAudit.passes(jdbc);
  }

  InventoryReply handle(InventoryCommand command) {
    return handle(List.of(command)).getFirst();
  }

  List<InventoryReply> handle(List<? extends InventoryCommand> batch) {
    return handle(batch, Fence.NONE);
  }

  List<InventoryReply> handle(List<? extends InventoryCommand> batch, Fence fence) {
    return inventoryReplies(commands.handle(received(batch), fence));
  }

  static List<InventoryReply> inventoryReplies(List<Reply> replies) {
    return replies.stream().map(InventoryReply.class::cast).toList();
  }

  static List<InboundMessage<InventoryCommand>> received(List<? extends InventoryCommand> batch) {
    return batch.stream()
        .map(command ->
            new InboundMessage<InventoryCommand>(
                UUID.randomUUID(), command, null, null, Instant.EPOCH))
        .toList();
  }

  static Fence fence(long token, String... skus) {
    return new Fence(OptionalLong.of(token), Set.of(skus));
  }

  /** Lets the reservation's time be up. */
  void overdue(long orderId) {
    jdbc.sql(
            """
            update reservation set held_until = now() - interval '1 second'
             where order_id = :order
            """)
        .param("order", orderId)
        .update();
  }

  String state(long orderId) {
    return jdbc.sql("select state from reservation where order_id = :order")
        .param("order", orderId)
        .query(String.class)
        .single();
  }
}
