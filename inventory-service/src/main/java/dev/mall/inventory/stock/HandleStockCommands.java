package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryCommand.RestockOrder;
import dev.mall.contracts.Reply;
import dev.mall.inventory.stock.StockRules.Situation;
import dev.mall.inventory.stock.StockRules.Terms;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationStore;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.idempotency.ReplyRoute;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reserves, commits, releases and restocks what orders ask for, one batch per transaction. */
@Service
public class HandleStockCommands {

  private final ReservationStore reservations;
  private final StockStore stock;
  private final ReplyLog replyLog;
  private final StockProperties properties;
  private final ApplicationEventPublisher events;

  HandleStockCommands(
      ReservationStore reservations,
      StockStore stock,
      ReplyLog replyLog,
      StockProperties properties,
      ApplicationEventPublisher events) {
    this.reservations = reservations;
    this.stock = stock;
    this.replyLog = replyLog;
    this.properties = properties;
    this.events = events;
  }

  /** The SKUs that replicas contend for, to be locked before the transaction begins. */
  public static Set<String> skusToReserve(List<InboundMessage<InventoryCommand>> batch) {
    return batch.stream()
        .flatMap(received -> linesOf(received.message()).stream())
        .map(Line::sku)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Handles a batch in its order, in one transaction and as many statements as a single command
   * takes. Every transaction locks in the same order: reservations by order id, then customers with
   * a new reservation, then stock by SKU.
   *
   * @return the replies in the order of the batch, but for those that are repeated without being
   *     decoded
   * @throws dev.mall.messaging.consumer.failure.StaleWriteException if a concurrent transaction
   *     wrote one of the rows first; nothing is changed
   */
  @Transactional
  public List<Reply> handle(List<InboundMessage<InventoryCommand>> batch, Fence fence) {
    return handle(batch, fence, ReplyRoute.TO_SAGA);
  }

  /**
   * Like {@link #handle(List, Fence)}, but sends what {@code route} makes of each reply.
   *
   * @throws dev.mall.messaging.consumer.failure.StaleWriteException if a concurrent transaction
   *     wrote one of the rows first; nothing is changed
   */
  @Transactional
  public List<Reply> handle(
      List<InboundMessage<InventoryCommand>> batch, Fence fence, ReplyRoute route) {
    reservations.takeOutOfArchive(restocked(batch));
    var known = reservations.locked(orders(batch));
    var replies = replyLog.answer(batch, commands -> decide(commands, known, fence), route);
    events.publishEvent(new StockCommandsHandled(replies));
    return replies;
  }

  /** Published in the transaction, with all replies of a batch. */
  record StockCommandsHandled(List<Reply> replies) {}

  private Answers decide(
      List<InventoryCommand> commands, Collection<Reservation> known, Fence fence) {
    var held = reservations.heldBy(customers(commands));
    var levels = stock.locked(skus(commands, known));

    var outcome =
        StockRules.decide(
            new Situation(known, levels, held, reservations.now(), terms()), commands);

    reservations.write(outcome.reservations());
    stock.write(outcome.stock(), fence);
    return Answers.of(outcome.replies());
  }

  private Terms terms() {
    return new Terms(properties.hold(), properties.maxHeldPerCustomer());
  }

  private static Set<Long> orders(List<InboundMessage<InventoryCommand>> batch) {
    return batch.stream()
        .map(received -> received.message().step().orderId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The orders whose reservation changes however long ago it was committed. */
  private static Set<Long> restocked(List<InboundMessage<InventoryCommand>> batch) {
    return batch.stream()
        .map(InboundMessage::message)
        .filter(RestockOrder.class::isInstance)
        .map(command -> command.step().orderId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The customers who ask for a reservation. */
  private static Set<String> customers(List<InventoryCommand> commands) {
    return commands.stream()
        .filter(ReserveStock.class::isInstance)
        .map(command -> ((ReserveStock) command).customerId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The SKUs that the commands name, and those of their orders' reservations. */
  private static Set<String> skus(List<InventoryCommand> commands, Collection<Reservation> known) {
    return Stream.concat(
            commands.stream().flatMap(command -> linesOf(command).stream()),
            known.stream().flatMap(reservation -> reservation.lines().stream()))
        .map(Line::sku)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static List<Line> linesOf(InventoryCommand command) {
    return command instanceof ReserveStock(_, _, var lines) ? lines : List.of();
  }
}
