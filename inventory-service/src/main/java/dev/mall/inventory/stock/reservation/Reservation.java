package dev.mall.inventory.stock.reservation;

import dev.mall.contracts.InventoryCommand.Line;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One order's claim on stock.
 *
 * @param customerId null if the release came before the request to reserve
 * @param lines empty if the release came before the request to reserve
 * @param heldUntil when it expires while it is {@link ReservationState#HELD}; without effect in
 *     other states
 * @param revision of the stored row this was read from; 0 if there is none
 */
public record Reservation(
    long orderId,
    @Nullable String customerId,
    ReservationState state,
    List<Line> lines,
    Instant heldUntil,
    int revision) {

  /** A released reservation without lines, so that a late request to reserve is refused. */
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
