package dev.mall.inventory.stock.reservation;

/** What became of an order's stock. */
public enum ReservationState {
  /** Set aside until the reservation's time is up. */
  HELD,
  /** Sold, for good. */
  COMMITTED,
  /** Called off, for good; it may never have been held. */
  RELEASED,
  /** Back on the shelf because nobody committed it in time; a late commit may take it again. */
  EXPIRED
}
