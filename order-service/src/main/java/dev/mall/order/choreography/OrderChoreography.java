package dev.mall.order.choreography;

import dev.mall.contracts.Event;
import dev.mall.contracts.Event.InventoryEvent.ReservationDenied;
import dev.mall.contracts.Event.InventoryEvent.ReservationSold;
import dev.mall.contracts.Event.PaymentEvent.OrderRefunded;
import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import java.util.Optional;
import java.util.Set;

/**
 * Translates others' events into commands of this service. Pure. An order is cancelled only when
 * nothing was reserved at all, or when its reservation is closed and its money is back.
 */
public final class OrderChoreography {

  /** The events that concern order-service. */
  public static final Set<Class<? extends Event>> EVENTS =
      Set.of(ReservationSold.class, ReservationDenied.class, OrderRefunded.class);

  private OrderChoreography() {}

  /** The command to follow. */
  static Optional<OrderCommand> command(Event event) {
    return switch (event) {
      case ReservationSold(var order) ->
          Optional.of(new ConfirmOrder(new StepKey(order, "confirm", 1)));
      case ReservationDenied(var order, var reason) -> Optional.of(cancel(order, reason));
      case OrderRefunded(var order, var reason) -> Optional.of(cancel(order, reason));
      default -> throw new IllegalArgumentException("no order is settled by " + event);
    };
  }

  private static OrderCommand cancel(long orderId, CancelReason reason) {
    return new CancelOrder(new StepKey(orderId, "cancel", 1), reason);
  }
}
