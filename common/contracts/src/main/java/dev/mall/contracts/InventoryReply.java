package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;
import java.time.Instant;
import java.util.List;

/** Replies of inventory-service. */
public sealed interface InventoryReply extends Reply {

  /**
   * All lines are held.
   *
   * @param heldUntil when the reservation expires by itself, on inventory-service's database clock
   */
  record StockReserved(StepKey step, Instant heldUntil) implements InventoryReply {}

  /** Nothing is held, because these lines could not be. */
  record OutOfStock(StepKey step, List<Shortage> missing) implements InventoryReply {}

  /**
   * Nothing is held, because the customer holds as much as one customer may, unpaid.
   *
   * @param limit how many open reservations a customer may have
   */
  record TooManyReservations(StepKey step, int limit) implements InventoryReply {}

  /** Nothing is held: the order's reservation was released before this request came. */
  record ReserveRefused(StepKey step) implements InventoryReply {}

  /** The lines are sold. */
  record ReservationCommitted(StepKey step) implements InventoryReply {}

  /**
   * Nothing is sold and nothing is held.
   *
   * @param missing what could not be taken again after the reservation had expired; empty if there
   *     was no reservation to commit
   */
  record CommitRefused(StepKey step, List<Shortage> missing) implements InventoryReply {}

  /** Nothing is held, nor will be for this order. */
  record ReservationReleased(StepKey step) implements InventoryReply {}

  /** The stock is sold and cannot be given back; a saga that receives this is inconsistent. */
  record ReleaseRefused(StepKey step) implements InventoryReply {}

  /** The pieces sold to the order are on hand again. */
  record OrderRestocked(StepKey step) implements InventoryReply {}

  /** Nothing was sold to the order; a saga that receives this is inconsistent. */
  record RestockRefused(StepKey step) implements InventoryReply {}

  /**
   * @param available pieces available; zero also for an unknown SKU
   */
  record Shortage(String sku, int wanted, long available) {}
}
