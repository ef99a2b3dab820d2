package dev.mall.chaos.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Collects requests, answers and waits of customers. */
final class RequestStatsRecorder {

  private final List<RequestStats.Accepted> accepted = new ArrayList<>();
  private final List<Long> resent = new ArrayList<>();
  private final List<RequestStats.Wait> waits = new ArrayList<>();
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Long> waitingSince = new ConcurrentHashMap<>();
  private int total;

  void sent(String key) {
    if (waitingSince.putIfAbsent(key, System.nanoTime()) != null) {
      resentOnce();
    }
  }

  synchronized void resentOnce() {
    resent.add(System.nanoTime());
  }

  synchronized void accepted(String id) {
    accepted.add(new RequestStats.Accepted(id, System.nanoTime()));
    total++;
  }

  synchronized void answered(String key) {
    var since = waitingSince.remove(key);
    if (since != null) {
      waits.add(new RequestStats.Wait(since, System.nanoTime()));
    }
  }

  synchronized void failure(String what) {
    failures.add(what);
  }

  synchronized int total() {
    return total;
  }

  /** Returns and clears the figures since the last call; a wait counts when it is over. */
  synchronized RequestStats take() {
    var stats =
        new RequestStats(
            List.copyOf(accepted), List.copyOf(resent), List.copyOf(waits), List.copyOf(failures));
    accepted.clear();
    resent.clear();
    waits.clear();
    failures.clear();
    return stats;
  }
}
