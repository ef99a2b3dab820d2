package dev.mall.notification;

/** A state of an order that its customer is notified of. */
public enum OrderOutcome {
  CONFIRMED,
  CANCELLED,
  /** Was confirmed, and then returned. */
  RETURNED;

  /** Whether an order cannot have had both outcomes. */
  boolean contradicts(OrderOutcome other) {
    return this != other && (this == CANCELLED || other == CANCELLED);
  }
}
