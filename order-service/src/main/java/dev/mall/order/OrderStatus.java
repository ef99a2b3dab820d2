package dev.mall.order;

/** The status of an order; it leaves {@link #PENDING} once, and {@link #CONFIRMED} at most once. */
public enum OrderStatus {
  /** Accepted; its saga is running. */
  PENDING,
  CONFIRMED,
  CANCELLED,
  /** Was confirmed; its money and its stock are back. */
  RETURNED;

  public boolean isFinal() {
    return this != PENDING;
  }

  public boolean mayBecome(OrderStatus next) {
    return next == RETURNED ? this == CONFIRMED : this == PENDING && next.isFinal();
  }

  /** Whether an order of this status is, or was, of {@code other}. */
  public boolean implies(OrderStatus other) {
    return this == other || (this == RETURNED && other == CONFIRMED);
  }
}
