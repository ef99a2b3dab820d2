package dev.mall.saga.runtime;

import java.util.Set;

/** Messages that their consumer may not have handled. */
@FunctionalInterface
public interface Unread {

  /** Whether one of them may be a message under {@code key} in {@code topic}. */
  boolean mayHold(String topic, String key);

  /** Any message in one of {@code topics} may be unread. */
  static Unread anywhereIn(Set<String> topics) {
    return (topic, _) -> topics.contains(topic);
  }
}
