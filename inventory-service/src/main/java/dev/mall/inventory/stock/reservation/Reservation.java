package dev.mall.inventory.stock.reservation;

import dev.mall.contracts.InventoryCommand.Line;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order's claim on stock.
 *
 * @param customerId null if the order was called off before its reservation came
 * @param lines empty if the order was called off before its reservation came
 * @param heldUntil when it expires while it is {@link ReservationState#HELD}; in other states only
 *     a memory
 * @param revision of the stored row this was read from; 0 if there is none
 */
public record Reservation(
    long orderId,
    @Nullable String customerId,
    ReservationState state,
    List<Line> lines,
    Instant heldUntil,
    int revision) {

  /** What stays of an order that was called off before anything was held for it. */
  public static Reservation tombstone(long orderId, Instant now) {
    return new Reservation(orderId, null, ReservationState.RELEASED, List.of(), now, 0);
  }

  public Reservation now(ReservationState state) {
    return new Reservation(orderId, customerId, state, lines, heldUntil, revision);
  }

  public Reservation heldUntil(Instant end) {
    return new Reservation(orderId, customerId, ReservationState.HELD, lines, end, revision);
  }
}
