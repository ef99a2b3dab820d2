package dev.mall.inventory.choreography;

import dev.mall.contracts.Event;
import dev.mall.contracts.Event.InventoryEvent;
import dev.mall.contracts.Event.InventoryEvent.ReservationClosed;
import dev.mall.contracts.Event.InventoryEvent.ReservationDenied;
import dev.mall.contracts.Event.InventoryEvent.ReservationOpened;
import dev.mall.contracts.Event.InventoryEvent.ReservationSold;
import dev.mall.contracts.Event.PaymentEvent.OrderPaid;
import dev.mall.contracts.Event.PaymentEvent.OrderUnpaid;
import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryCommand.CommitReservation;
import dev.mall.contracts.InventoryCommand.Line;
import dev.mall.contracts.InventoryCommand.ReleaseReservation;
import dev.mall.contracts.InventoryCommand.ReserveStock;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.OutOfStock;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.RestockRefused;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.InventoryReply.TooManyReservations;
import dev.mall.contracts.OrderEvent.OrderAbandoned;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Translates others' events into commands of this service, and its replies into its own events.
 * Pure.
 *
 * <p>An order is decided by its reservation: it ends sold or released, never both, whichever of
 * payment and abandonment comes first. A repeated event meets the stored reply and is followed by
 * the same event again, so that a lost one is made up for by repeating the first.
 */
public final class StockChoreography {

  /** The events that concern inventory-service. */
  public static final Set<Class<? extends Event>> EVENTS =
      Set.of(OrderPlaced.class, OrderAbandoned.class, OrderPaid.class, OrderUnpaid.class);

  private StockChoreography() {}

  /** The command to follow; empty if {@code event} is of an order that a saga checks out. */
  public static Optional<InventoryCommand> command(Event event) {
    return switch (event) {
      case OrderPlaced placed when placed.variant().isOrchestrated() -> Optional.empty();
      case OrderPlaced placed ->
          Optional.of(
              new ReserveStock(
                  key(placed.orderId(), "reserve"), placed.customerId(), lines(placed)));
      case OrderPaid(var order) -> Optional.of(new CommitReservation(key(order, "commit")));
      case OrderUnpaid(var order, _) -> Optional.of(new ReleaseReservation(key(order, "release")));
      case OrderAbandoned(var order, _) ->
          Optional.of(new ReleaseReservation(key(order, "release")));
      default -> throw new IllegalArgumentException("no order is reserved by " + event);
    };
  }

  /**
   * The event to publish; empty if the event that decided the order before says all.
   *
   * @param cause of the command that was replied to
   */
  public static Optional<InventoryEvent> event(Event cause, InventoryReply reply) {
    long order = reply.step().orderId();
    return switch (reply) {
      case StockReserved _ -> Optional.of(opened((OrderPlaced) cause));
      case OutOfStock _ -> Optional.of(new ReservationDenied(order, CancelReason.OUT_OF_STOCK));
      case TooManyReservations _ ->
          Optional.of(new ReservationDenied(order, CancelReason.TOO_MANY_RESERVATIONS));
      case ReserveRefused _ -> Optional.empty(); // released before
      case ReservationCommitted _, ReleaseRefused _ -> Optional.of(new ReservationSold(order));
      case CommitRefused(_, var missing) when missing.isEmpty() -> Optional.empty(); // released
      case CommitRefused _ ->
          Optional.of(new ReservationClosed(order, CancelReason.RESERVATION_EXPIRED));
      case ReservationReleased _ -> Optional.of(new ReservationClosed(order, reasonOf(cause)));
      case OrderRestocked _, RestockRefused _ ->
          throw new IllegalArgumentException("no event is followed by " + reply);
    };
  }

  private static ReservationOpened opened(OrderPlaced placed) {
    return new ReservationOpened(
        placed.orderId(),
        placed.customerId(),
        placed.totalMinor(),
        placed.currency(),
        placed.method());
  }

  private static CancelReason reasonOf(Event cause) {
    return switch (cause) {
      case OrderUnpaid(_, var reason) -> reason;
      case OrderAbandoned(_, var reason) -> reason;
      default -> throw new IllegalArgumentException("no reservation is released by " + cause);
    };
  }

  private static List<Line> lines(OrderPlaced placed) {
    return placed.lines().stream().map(line -> new Line(line.sku(), line.quantity())).toList();
  }

  private static StepKey key(long orderId, String step) {
    return new StepKey(orderId, step, 1);
  }
}
