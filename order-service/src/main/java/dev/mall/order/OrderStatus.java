package dev.mall.order;

/** Where an order is in its life; it leaves {@link #PENDING} once and for good. */
public enum OrderStatus {
  /** Accepted; the saga is at it. */
  PENDING,
  CONFIRMED,
  CANCELLED;

  public boolean isFinal() {
    return this != PENDING;
  }

  public boolean mayBecome(OrderStatus next) {
    return this == PENDING && next.isFinal();
  }
}
