package dev.mall.saga.operator.deadletters;

/** What became of a dead letter. */
public enum DeadLetterStatus {
  /** For somebody to look at it. */
  WAITING,
  /** Sent again; if it dies once more, that is another letter. */
  REDRIVEN,
  /** Not wanted any more. */
  DISCARDED
}
