package dev.mall.chaos.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps count of what customers sent and were told. */
final class Till {

  private final List<String> accepted = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();
  private final Map<String, Long> waitingSince = new ConcurrentHashMap<>();
  private int resent;
  private long longestNanos;
  private int total;

  void sent(String key) {
    if (waitingSince.putIfAbsent(key, System.nanoTime()) != null) {
      resentOnce();
    }
  }

  synchronized void resentOnce() {
    resent++;
  }

  synchronized void accepted(String id) {
    accepted.add(id);
    total++;
  }

  synchronized void answered(String key) {
    var since = waitingSince.remove(key);
    if (since != null) {
      longestNanos = Math.max(longestNanos, System.nanoTime() - since);
    }
  }

  synchronized void wrong(String what) {
    wrongs.add(what);
  }

  synchronized int total() {
    return total;
  }

  /** What has happened since this was last asked. */
  synchronized Tally take() {
    long now = System.nanoTime();
    for (var since : waitingSince.values()) {
      longestNanos = Math.max(longestNanos, now - since);
    }
    var tally =
        new Tally(
            List.copyOf(accepted), resent, Duration.ofNanos(longestNanos), List.copyOf(wrongs));
    accepted.clear();
    wrongs.clear();
    resent = 0;
    longestNanos = 0;
    return tally;
  }
}
