package dev.mall.notification;

/** What became of an order. */
public enum OrderOutcome {
  CONFIRMED,
  CANCELLED;

  OrderOutcome opposite() {
    return this == CONFIRMED ? CANCELLED : CONFIRMED;
  }
}
