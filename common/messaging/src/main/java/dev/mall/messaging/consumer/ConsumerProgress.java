package dev.mall.messaging.consumer;

import dev.mall.messaging.consumer.failure.BatchLimit;
import dev.mall.messaging.consumer.failure.ExcusedFailures;
import dev.mall.messaging.consumer.failure.FailureStreak;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Progress of a consumer over all its threads, with its metrics. */
final class ConsumerProgress {

  private final String name;
  private final ExcusedFailures excused = new ExcusedFailures();
  private final List<ConsumerState> states;
  private final @Nullable Thread[] owners;

  /**
   * @param pausedSeconds of the thread that has been paused longest; zero while all make progress
   * @param reason why that thread is paused; null while all make progress
   * @param batchLimit most messages in one transaction, of the thread with the smallest limit
   * @param givingUp how many failures an operator still attributes to the messages themselves
   */
  record View(double pausedSeconds, @Nullable String reason, int batchLimit, int givingUp) {}

  /**
   * @param threads of this replica that read for the consumer
   * @param maxBatch most messages in one transaction
   * @param suspicious failures in a row after which a thread pauses
   */
  ConsumerProgress(
      String name,
      int threads,
      int maxBatch,
      int suspicious,
      Duration retryAtMost,
      MeterRegistry meters) {
    this.name = name;
    var batchSizes =
        DistributionSummary.builder("mall.consumer.batch")
            .description("Messages handled in one transaction")
            .tag("consumer", name)
            .register(meters);
    this.owners = new Thread[threads];
    this.states =
        IntStream.range(0, threads)
            .mapToObj(_ ->
                new ConsumerState(
                    name,
                    new BatchLimit(maxBatch),
                    new FailureStreak(suspicious, excused),
                    retryAtMost,
                    batchSizes))
            .toList();
    Gauge.builder(
            "mall.consumer.paused", this, progress -> progress.longestPaused().pausedSeconds())
        .description("How long the consumer has been retrying without progress")
        .baseUnit("seconds")
        .tag("consumer", name)
        .strongReference(true)
        .register(meters);
    Gauge.builder("mall.consumer.batch.limit", this, ConsumerProgress::batchLimit)
        .description("Messages handled in one transaction at most; halved by timeouts")
        .tag("consumer", name)
        .strongReference(true)
        .register(meters);
  }

  String name() {
    return name;
  }

  /**
   * The calling thread's state. Threads of a restarted consumer take over from those that ended, so
   * that what they had learnt is kept.
   */
  synchronized ConsumerState current() {
    var thread = Thread.currentThread();
    for (int i = 0; i < owners.length; i++) {
      if (thread.equals(owners[i])) {
        return states.get(i);
      }
    }
    for (int i = 0; i < owners.length; i++) {
      var owner = owners[i];
      if (owner == null || !owner.isAlive()) {
        owners[i] = thread;
        return states.get(i);
      }
    }
    return states.getFirst(); // a thread of the container before is still ending
  }

  /** Attributes the next failures to the messages themselves, whichever thread reads them. */
  void excuse(int failures) {
    excused.set(failures);
  }

  private ConsumerState longestPaused() {
    return states.stream()
        .max(Comparator.comparingDouble(ConsumerState::pausedSeconds))
        .orElseThrow();
  }

  private int batchLimit() {
    return states.stream().mapToInt(state -> state.limit().size()).min().orElseThrow();
  }

  View view() {
    var longest = longestPaused();
    return new View(longest.pausedSeconds(), longest.reason(), batchLimit(), excused.left());
  }
}
