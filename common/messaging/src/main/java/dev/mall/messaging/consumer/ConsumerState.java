package dev.mall.messaging.consumer;

import dev.mall.messaging.consumer.failure.BatchLimit;
import dev.mall.messaging.consumer.failure.FailureStreak;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.backoff.BackOffExecution;
import org.springframework.util.backoff.ExponentialBackOff;

/** Whether a consumer makes progress, and if not, why and since when. */
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

  /**
   * @param pausedSeconds zero while it makes progress
   * @param reason null while it makes progress
   * @param batchLimit messages that it handles in one transaction at most
   * @param givingUp how many failures an operator still takes for the messages' own
   */
  record View(double pausedSeconds, @Nullable String reason, int batchLimit, int givingUp) {}

  ConsumerState(
      String name,
      BatchLimit limit,
      FailureStreak streak,
      Duration retryAtMost,
      MeterRegistry meters) {
    this.name = name;
    this.limit = limit;
    this.streak = streak;
    this.retries = new ExponentialBackOff(FIRST_RETRY_MILLIS, 2);
    this.retries.setMaxInterval(retryAtMost.toMillis());
    this.batchSizes =
        DistributionSummary.builder("mall.consumer.batch")
            .description("Messages handled in one transaction")
            .tag("consumer", name)
            .register(meters);
    Gauge.builder("mall.consumer.paused", this, ConsumerState::pausedSeconds)
        .description("How long the consumer has been retrying without progress")
        .baseUnit("seconds")
        .tag("consumer", name)
        .strongReference(true)
        .register(meters);
    Gauge.builder("mall.consumer.batch.limit", limit, BatchLimit::size)
        .description("Messages handled in one transaction at most; halved by timeouts")
        .tag("consumer", name)
        .strongReference(true)
        .register(meters);
  }

  String name() {
    return name;
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
    var since = pause;
    return since == null ? 0 : (System.nanoTime() - since.since()) / 1e9;
  }

  synchronized View view() {
    return new View(
        pausedSeconds(), pause == null ? null : pause.reason(), limit.size(), streak.excused());
  }
}
