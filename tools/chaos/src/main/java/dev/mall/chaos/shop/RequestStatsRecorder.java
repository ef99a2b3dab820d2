package dev.mall.chaos.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Notes what customers sent and were answered, and when. */
final class RequestStatsRecorder {

  private final List<RequestStats.Accepted> accepted = new ArrayList<>();
  private final List<Long> resent = new ArrayList<>();
  private final List<RequestStats.Wait> waits = new ArrayList<>();
  private final List<String> wrongs = new ArrayList<>();
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

  synchronized void wrong(String what) {
    wrongs.add(what);
  }

  synchronized int total() {
    return total;
  }

  /** What has happened since this was last asked; a wait is counted when it is over. */
  synchronized RequestStats take() {
    var stats =
        new RequestStats(
            List.copyOf(accepted), List.copyOf(resent), List.copyOf(waits), List.copyOf(wrongs));
    accepted.clear();
    resent.clear();
    waits.clear();
    wrongs.clear();
    return stats;
  }
}
