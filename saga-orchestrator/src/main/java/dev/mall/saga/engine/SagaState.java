package dev.mall.saga.engine;

/** Where a saga stands as a whole. */
public enum SagaState {
  /** On its way forward. */
  RUNNING,
  /** Undoing what was done, or may have been done. */
  COMPENSATING,
  /** Every step was done. */
  COMPLETED,
  /** Everything was undone. */
  COMPENSATED;

  public boolean isOpen() {
    return this == RUNNING || this == COMPENSATING;
  }
}
