package dev.mall.lab.locks.comparison;

import dev.mall.lab.locks.provider.Guarantee;
import dev.mall.lab.locks.provider.LockClient;
import dev.mall.lab.locks.provider.LockProvider;
import dev.mall.lab.locks.provider.LockService;
import dev.mall.lab.trial.Pending;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;

/**
 * The costs of a lock on this machine, as cells of a table.
 *
 * @param alone median of acquiring and releasing a free lock
 * @param contended acquisitions of one lock by all contenders together
 */
record LockCosts(String alone, String contended) {

  static final int CONTENDERS = 4;

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration WAIT = Duration.ofSeconds(1);
  private static final int WARM_UP = 30;
  private static final int ROUNDS = 100;
  private static final int ROUNDS_OF_A_CONTENDER = 20;

  static LockCosts measured(Trial trial, LockProvider provider, LockService service)
      throws Exception {
    return new LockCosts(
        "%.2f ms".formatted(medianMillis(trial, provider, service)),
        provider.claims().contains(Guarantee.BOUNDED_WAIT)
            ? "%.0f/s".formatted(perSecond(trial, provider, service))
            : "does not wait");
  }

  private static double medianMillis(Trial trial, LockProvider provider, LockService service)
      throws Exception {
    var client = service.connect("alone", LEASE);
    var nanos =
        trial
            .node(provider.name() + ", alone")
            .step(
                "locks and unlocks",
                () -> {
                  lockAndUnlock(client, "alone", WARM_UP);
                  return lockAndUnlock(client, "alone", ROUNDS);
                });
    Arrays.sort(nanos);
    return nanos[ROUNDS / 2] / 1e6;
  }

  private static double perSecond(Trial trial, LockProvider provider, LockService service)
      throws Exception {
    var running = new ArrayList<Pending<long[]>>();
    long start = System.nanoTime();
    for (int i = 1; i <= CONTENDERS; i++) {
      var name = "%s, contender %d".formatted(provider.name(), i);
      var client = service.connect(name, LEASE);
      running.add(
          trial
              .node(name)
              .begin(
                  "locks and unlocks",
                  () -> lockAndUnlock(client, "contended", ROUNDS_OF_A_CONTENDER)));
    }
    running.forEach(Pending::end);
    return CONTENDERS * ROUNDS_OF_A_CONTENDER / ((System.nanoTime() - start) / 1e9);
  }

  /** The time of each round. */
  private static long[] lockAndUnlock(LockClient client, String lock, int rounds) throws Exception {
    var nanos = new long[rounds];
    for (int i = 0; i < rounds; i++) {
      long start = System.nanoTime();
      var held = client.acquire(lock, WAIT);
      while (held.isEmpty()) {
        held = client.acquire(lock, WAIT);
      }
      held.get().release();
      nanos[i] = System.nanoTime() - start;
    }
    return nanos;
  }
}
