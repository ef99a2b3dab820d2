package dev.mall.messaging.outbox.relay;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Topics for which Kafka takes no message at present, each with the time until which the relay
 * leaves it out: longer and longer, up to {@link #LONGEST}. Not safe for use by several threads.
 */
final class TopicHolds {

  private static final Duration SHORTEST = Duration.ofMillis(250);

  static final Duration LONGEST = Duration.ofSeconds(4);

  private final Map<String, Hold> holds = new HashMap<>();

  private record Hold(long since, Duration pause) {

    boolean isOver(long now) {
      return now - since >= pause.toNanos();
    }
  }

  /**
   * The topics to leave out.
   *
   * @param now {@link System#nanoTime}
   */
  Set<String> at(long now) {
    var held = new HashSet<String>();
    holds.forEach((topic, hold) -> {
      if (!hold.isOver(now)) {
        held.add(topic);
      }
    });
    return held;
  }

  /** Holds a topic; of several failures at about the same time only the first one counts. */
  void failed(String topic, long now) {
    var before = holds.get(topic);
    if (before == null) {
      holds.put(topic, new Hold(now, SHORTEST));
    } else if (before.isOver(now)) {
      var twice = before.pause().multipliedBy(2);
      holds.put(topic, new Hold(now, twice.compareTo(LONGEST) < 0 ? twice : LONGEST));
    }
  }

  void succeeded(String topic) {
    holds.remove(topic);
  }
}
