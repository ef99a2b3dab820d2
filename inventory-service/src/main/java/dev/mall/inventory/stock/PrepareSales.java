package dev.mall.inventory.stock;

import dev.mall.contracts.Command.TransactionCommand.PrepareStock;
import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.inventory.stock.HandleStockCommands.StockCommandsHandled;
import dev.mall.inventory.stock.StockRules.Situation;
import dev.mall.inventory.stock.StockRules.Terms;
import dev.mall.inventory.stock.reservation.ReservationStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sells an order's lines in a transaction that is prepared, not committed. Until it is decided, the
 * rows of its SKUs stay locked: that lock, and no reservation, holds the stock.
 */
@Service
public class PrepareSales {

  private final ReservationStore reservations;
  private final StockStore stock;
  private final StockProperties properties;
  private final ApplicationEventPublisher events;

  PrepareSales(
      ReservationStore reservations,
      StockStore stock,
      StockProperties properties,
      ApplicationEventPublisher events) {
    this.reservations = reservations;
    this.stock = stock;
    this.properties = properties;
    this.events = events;
  }

  /**
   * Sells all lines or none. The limit of open reservations does not apply, because none is opened.
   *
   * @return the refusal; empty if the lines are sold
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public Optional<InventoryReply> prepare(PrepareStock command) {
    var step = command.step();
    var reserve = new ReserveStock(step, command.customerId(), command.lines());
    var known = reservations.locked(List.of(step.orderId()));
    var levels = stock.locked(command.lines().stream().map(Line::sku).toList());
    var situation = new Situation(known, levels, Map.of(), reservations.now(), terms());

    var reply = StockRules.decide(situation, List.of(reserve)).replies().getFirst();
    if (!(reply instanceof StockReserved)) {
      events.publishEvent(new StockCommandsHandled(List.of(reply)));
      return Optional.of(reply);
    }
    var sale =
        StockRules.decide(
            situation, List.<InventoryCommand>of(reserve, new CommitReservation(step)));
    reservations.write(sale.reservations());
    stock.write(sale.stock(), Fence.NONE);
    return Optional.empty();
  }

  private Terms terms() {
    return new Terms(properties.hold(), properties.maxHeldPerCustomer());
  }
}
