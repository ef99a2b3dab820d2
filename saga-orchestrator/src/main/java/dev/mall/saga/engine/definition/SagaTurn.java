package dev.mall.saga.engine.definition;

/**
 * Which of an order's sagas one is. An order has one saga that settles it and at most one that
 * follows. The id of each is computed from the order's id, so that a reply finds its saga without a
 * lookup, and a repeated start event finds the saga that it started.
 */
public enum SagaTurn {
  /** Settles the order; its id is the order's. */
  FIRST,
  /** Follows after the order is settled; its id is the order's, negated. */
  FOLLOW_UP;

  /** The id of an order's saga of this turn. */
  public long sagaOf(long orderId) {
    return this == FIRST ? orderId : -orderId;
  }

  SagaTurn other() {
    return this == FIRST ? FOLLOW_UP : FIRST;
  }

  /** The turn of a saga. */
  public static SagaTurn of(long sagaId) {
    return sagaId < 0 ? FOLLOW_UP : FIRST;
  }

  /** The order of a saga of any turn. */
  public static long orderOf(long sagaId) {
    return Math.abs(sagaId);
  }
}
