package dev.mall.twophase;

/** The result of a request to prepare an order's transaction. */
public enum Vote {
  /** Its transaction is prepared: it survives a crash and waits for the decision, locks held. */
  PREPARED,
  /** Its work refused, and what the work wrote instead is committed. */
  REFUSED,
  /** It was prepared and committed before. */
  COMMITTED_BEFORE,
  /** It was refused or rolled back before. */
  ROLLED_BACK_BEFORE
}
