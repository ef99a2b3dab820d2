package dev.mall.locking;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Outcomes and durations of the attempts to lock. */
final class LockMetrics {

  private final Counter acquired;
  private final Counter busy;
  private final Counter unavailable;
  private final Counter late;
  private final Timer wait;

  LockMetrics(MeterRegistry registry) {
    acquired = counter(registry, "acquired", "Batches that got all their locks");
    busy = counter(registry, "busy", "Batches that went on unlocked: a lock was busy");
    unavailable = counter(registry, "unavailable", "Batches that went on unlocked: no Redis");
    late = counter(registry, "late", "Batches that went on without a token: lease nearly over");
    wait =
        Timer.builder("mall.lock.wait")
            .description("Time from asking for locks to going on with or without them")
            .register(registry);
  }

  void acquired(long waitedNanos) {
    count(acquired, waitedNanos);
  }

  void busy(long waitedNanos) {
    count(busy, waitedNanos);
  }

  void unavailable(long waitedNanos) {
    count(unavailable, waitedNanos);
  }

  void late() {
    late.increment();
  }

  private void count(Counter outcome, long waitedNanos) {
    outcome.increment();
    wait.record(Duration.ofNanos(waitedNanos));
  }

  private static Counter counter(MeterRegistry registry, String outcome, String description) {
    return Counter.builder("mall.lock." + outcome).description(description).register(registry);
  }
}
