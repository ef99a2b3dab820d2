package dev.mall.order;

/** The status of an order; it leaves {@link #PENDING} once. */
public enum OrderStatus {
  /** Accepted; its saga is running. */
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
