package dev.mall.saga.runtime;

/** Progress of the consumers of commands and replies. */
public interface Backlog {

  /**
   * The messages that were present at the call and are not handled yet: commands by their
   * participant, replies by this service. Waits shortly for the consumers to catch up. Covers all
   * topics if the offsets cannot be read.
   */
  Unread unread();
}
