package dev.mall.messaging.consumer;

import dev.mall.messaging.consumer.failure.Failures;
import dev.mall.runtime.BackgroundLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * Starts the consumers, and restarts those that ended without being stopped, until they run. A
 * consumer cannot even be constructed while no name of a broker resolves: that must not keep the
 * service from starting.
 */
public final class ConsumerSupervisor implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ConsumerSupervisor.class);

  private static final Duration CHECK_EVERY = Duration.ofSeconds(1);
  private static final Duration STOP_WITHIN = Duration.ofMinutes(1);

  private final ObjectProvider<MessageListenerContainer> containers;
  private final MeterRegistry meters;
  private final Semaphore wakeUps = new Semaphore(0);
  private final AtomicBoolean restart = new AtomicBoolean();
  private final BackgroundLoop loop =
      new BackgroundLoop("consumer-supervisor", this::supervise, () -> all = null);
  private volatile @Nullable List<MessageListenerContainer> all; // null until they are started

  ConsumerSupervisor(ObjectProvider<MessageListenerContainer> containers, MeterRegistry meters) {
    this.containers = containers;
    this.meters = meters;
  }

  /** Has every consumer that runs stopped and started. Returns at once. */
  public void restart() {
    restart.set(true);
    wakeUps.release();
  }

  private void supervise() throws InterruptedException {
    var known = all;
    if (known == null) {
      startAll();
      return;
    }
    if (wakeUps.tryAcquire(CHECK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
    if (restart.getAndSet(false)) {
      each(known.stream().filter(MessageListenerContainer::isRunning).toList(), this::restart);
    }
    each(known.stream().filter(container -> !isAlive(container)).toList(), this::restart);
  }

  private void startAll() {
    var found = containers.orderedStream().toList();
    all = found;
    found.forEach(this::measure);
    each(found, this::start);
  }

  private void measure(MessageListenerContainer container) {
    Gauge.builder("mall.consumer.running", container, it -> it.isChildRunning() ? 1 : 0)
        .description("1 while the consumer polls, 0 while it cannot be started")
        .tag("consumer", Objects.requireNonNullElse(container.getGroupId(), "none"))
        .strongReference(true)
        .register(meters);
  }

  /** Stopped in an orderly way is alive, too: that was wanted. */
  static boolean isAlive(MessageListenerContainer container) {
    return container.isInExpectedState() && (!container.isRunning() || container.isChildRunning());
  }

  private void start(MessageListenerContainer container) {
    if (!isRunning()) {
      return;
    }
    try {
      container.start();
    } catch (
        RuntimeException failed) { // as while Kafka's name does not resolve; the next check retries
      log.warn(
          "consumer {} cannot start, retrying: {}",
          container.getGroupId(),
          Failures.describe(failed));
    }
  }

  private void restart(MessageListenerContainer container) {
    log.info("restarting consumer {}", container.getGroupId());
    try {
      container.stop();
    } catch (
        RuntimeException
            failed) { // a consumer that is broken may not stop, and is started all the same
      log.warn("consumer {} failed to stop", container.getGroupId(), failed);
    }
    start(container);
  }

  /** Concurrently: each may take a while to leave its group. */
  private static void each(
      List<MessageListenerContainer> some, Consumer<MessageListenerContainer> action) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      some.forEach(container -> threads.execute(() -> action.accept(container)));
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Waits until no consumer is being started. */
  @Override
  public void stop() {
    loop.stop(STOP_WITHIN, wakeUps::release);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
