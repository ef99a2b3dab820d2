package dev.mall.saga.operator.deadletters;

/** The state of a dead letter. */
public enum DeadLetterStatus {
  /** Waits for an operator. */
  WAITING,
  /** Sent again; if it dies once more, that is another letter. */
  REDRIVEN,
  /** Not wanted any more. */
  DISCARDED
}
