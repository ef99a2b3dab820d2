package dev.mall.inventory.stock.reservation;

/** The state of an order's reservation. */
public enum ReservationState {
  /** Reserved until the reservation expires. */
  HELD,
  /** Sold; what was sold may come back. */
  COMMITTED,
  /** Sold, and on hand again; final. */
  RETURNED,
  /** Released; final. It may never have been held. */
  RELEASED,
  /** Freed because it was not committed in time; a late commit may reserve it again. */
  EXPIRED
}
