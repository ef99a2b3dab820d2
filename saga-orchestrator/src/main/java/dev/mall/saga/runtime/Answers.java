package dev.mall.saga.runtime;

/** What participants said, wherever it comes from. */
public interface Answers {

  /**
   * Whether every reply that had been sent when this was called has been handled by now, by this
   * replica or another. May wait a little for that. False also if nobody can tell.
   */
  boolean areAllRead();
}
