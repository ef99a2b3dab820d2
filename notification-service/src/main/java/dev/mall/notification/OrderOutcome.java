package dev.mall.notification;

/** The final state of an order. */
public enum OrderOutcome {
  CONFIRMED,
  CANCELLED;

  OrderOutcome opposite() {
    return this == CONFIRMED ? CANCELLED : CONFIRMED;
  }
}
