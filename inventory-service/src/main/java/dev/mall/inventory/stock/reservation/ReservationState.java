package dev.mall.inventory.stock.reservation;

/** The state of an order's reservation. */
public enum ReservationState {
  /** Reserved until the reservation expires. */
  HELD,
  /** Sold; final. */
  COMMITTED,
  /** Released; final. It may never have been held. */
  RELEASED,
  /** Freed because it was not committed in time; a late commit may reserve it again. */
  EXPIRED
}
