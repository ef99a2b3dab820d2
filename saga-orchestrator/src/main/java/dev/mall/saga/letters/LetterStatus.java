package dev.mall.saga.letters;

/** What became of a dead letter. */
enum LetterStatus {
  /** For somebody to look at it. */
  WAITING,
  /** Sent again; if it dies once more, that is another letter. */
  REDRIVEN,
  /** Not wanted any more. */
  DISCARDED
}
