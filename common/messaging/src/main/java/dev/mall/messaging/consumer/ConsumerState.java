package dev.mall.messaging.consumer;

import dev.mall.messaging.consumer.failure.BatchLimit;
import dev.mall.messaging.consumer.failure.FailureStreak;
import io.micrometer.core.instrument.DistributionSummary;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Progress of one thread of a consumer: its batch limit, its failures in a row, and since when and
 * why it retries without progress. Threads read different partitions, so they share none of this.
 */
final class ConsumerState {

  private static final Logger log = LoggerFactory.getLogger(ConsumerState.class);

  private static final long FIRST_RETRY_MILLIS = 100;

  private final String name;
  private final BatchLimit limit;
  private final FailureStreak streak;
  private final ExponentialBackOff retries;
  private final DistributionSummary batchSizes;
  private @Nullable Pause pause;

  private record Pause(String reason, long since, BackOffExecution retries) {}

  ConsumerState(
      String name,
      BatchLimit limit,
      FailureStreak streak,
      Duration retryAtMost,
      DistributionSummary batchSizes) {
    this.name = name;
    this.limit = limit;
    this.streak = streak;
    this.retries = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
    this.retries.setMaxInterval(retryAtMost.toMillis());
    this.batchSizes = batchSizes;
  }

  BatchLimit limit() {
    return limit;
  }

  FailureStreak streak() {
    return streak;
  }

  void committed(int messages) {
    batchSizes.record(messages);
    limit.fitted(messages);
  }

  /** Returns how long to wait until the next attempt. */
  synchronized Duration paused(String reason) {
    var before = pause;
    if (before == null || !before.reason().equals(reason)) {
      log.warn("consumer paused: {}: {}", name, reason);
    }
    var now =
        before == null
            ? new Pause(reason, System.nanoTime(), retries.start())
            : new Pause(reason, before.since(), before.retries());
    pause = now;
    return Duration.ofMillis(now.retries().nextBackOff());
  }

  synchronized void progressed() {
    if (pause != null) {
      log.info("consumer resumed: {} after {} s", name, Math.round(pausedSeconds()));
      pause = null;
    }
  }

  synchronized double pausedSeconds() {
    var current = pause;
    return current == null ? 0 : (System.nanoTime() - current.since()) / 1e9;
  }

  /** Why it is paused; null while it makes progress. */
  synchronized @Nullable String reason() {
    return pause == null ? null : pause.reason();
  }
}
