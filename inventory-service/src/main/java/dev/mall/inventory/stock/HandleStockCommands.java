package dev.mall.inventory.stock;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.inventory.stock.StockRules.Situation;
import dev.mall.inventory.stock.StockRules.Terms;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationStore;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.outbox.Outbox;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reserves, commits and releases stock for orders, a batch at a time. */
@Service
public class HandleStockCommands {

  private final ReservationStore reservations;
  private final StockStore stock;
  private final ReplyLog decisions;
  private final Outbox outbox;
  private final StockProperties properties;

  HandleStockCommands(
      ReservationStore reservations,
      StockStore stock,
      ReplyLog decisions,
      Outbox outbox,
      StockProperties properties) {
    this.reservations = reservations;
    this.stock = stock;
    this.decisions = decisions;
    this.outbox = outbox;
    this.properties = properties;
  }

  /** The SKUs that replicas would fight over, for the lock that comes before the transaction. */
  public static Set<String> skusToReserve(List<InboundMessage<InventoryCommand>> batch) {
    return batch.stream()
        .map(InboundMessage::message)
        .filter(ReserveStock.class::isInstance)
        .flatMap(command -> linesOf(command).stream())
        .map(Line::sku)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /**
   * Handles a batch in the order it came, in one transaction and as many statements as a single
   * command takes. Locked in the same order by everybody: reservations by order id, then customers
   * who want another, then stock by SKU.
   *
   * @return the replies, one to each command in this order, but for those that are repeated unread
   * @throws dev.mall.messaging.consumer.failure.StaleWriteException if somebody else was faster;
   *     nothing is changed
   */
  @Transactional
  public List<InventoryReply> handle(List<InboundMessage<InventoryCommand>> received, Fence fence) {
    var known = reservations.locked(orders(received));
    var before = decisions.find(received.stream().map(r -> r.message().step()).toList());
    var batch = before.readable(received);
    var commands = batch.stream().map(InboundMessage::message).toList();
    var answered = inventoryReplies(before.replies());
    var held = reservations.heldBy(customers(commands, answered.keySet()));
    var levels = stock.locked(skus(commands, answered.keySet(), known));

    var outcome =
        StockRules.fold(
            new Situation(known, levels, held, answered, reservations.now(), terms()), commands);

    reservations.write(outcome.reservations());
    stock.write(outcome.stock(), fence);
    decisions.save(List.copyOf(outcome.fresh()));
    outbox.append(
        IntStream.range(0, batch.size())
            .mapToObj(i -> OutboundMessage.inReplyTo(batch.get(i), outcome.replies().get(i)))
            .toList());
    outbox.resend(before.repeats(received));
    return outcome.replies();
  }

  private Terms terms() {
    return new Terms(properties.hold(), properties.maxHeldPerCustomer());
  }

  private static Map<StepKey, InventoryReply> inventoryReplies(Map<StepKey, Reply> known) {
    return known.entrySet().stream()
        .collect(Collectors.toMap(Map.Entry::getKey, e -> (InventoryReply) e.getValue()));
  }

  private static Set<Long> orders(List<InboundMessage<InventoryCommand>> received) {
    return received.stream()
        .map(r -> r.message().step().orderId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Who wants stock held. */
  private static Set<String> customers(List<InventoryCommand> commands, Set<StepKey> answered) {
    return commands.stream()
        .filter(command -> !answered.contains(command.step()))
        .filter(ReserveStock.class::isInstance)
        .map(command -> ((ReserveStock) command).customerId())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** What the new commands name themselves, and what the reservations they are about name. */
  private static Set<String> skus(
      List<InventoryCommand> commands, Set<StepKey> answered, Collection<Reservation> known) {
    var skus = new TreeSet<String>();
    for (var command : commands) {
      if (!answered.contains(command.step())) {
        linesOf(command).forEach(line -> skus.add(line.sku()));
      }
    }
    known.forEach(reservation -> reservation.lines().forEach(line -> skus.add(line.sku())));
    return skus;
  }

  private static List<Line> linesOf(InventoryCommand command) {
    return command instanceof ReserveStock(_, _, var lines) ? lines : List.of();
  }
}
