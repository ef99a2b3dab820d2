package dev.mall.contracts.values;

/** The protocol by which an order's steps are made to happen all or not at all. */
public enum CheckoutMode {
  /** Steps one after another, undone by compensations. */
  SAGA,
  /** Stock and money are held first, then both holds are confirmed or both cancelled. */
  TCC,
  /** The services react to each other's events; no orchestrator takes part. */
  CHOREOGRAPHY,
  /** Participants vote, with their transactions prepared; then all commit or all roll back. */
  TWO_PHASE;

  /** Whether a saga checks the order out. */
  public boolean isOrchestrated() {
    return this != CHOREOGRAPHY;
  }
}
