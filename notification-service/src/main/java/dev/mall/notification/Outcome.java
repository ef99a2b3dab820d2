package dev.mall.notification;

/** What became of an order. */
public enum Outcome {
  CONFIRMED,
  CANCELLED;

  Outcome opposite() {
    return this == CONFIRMED ? CANCELLED : CONFIRMED;
  }
}
