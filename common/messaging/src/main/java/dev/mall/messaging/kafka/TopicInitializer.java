package dev.mall.messaging.kafka;

import dev.mall.messaging.outbox.relay.OutboxRelay;
import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates missing topics: once before anything sends or reads, and in the background until Kafka
 * has them all. All services do so, often at the same moment; a topic that another service created
 * first is no failure. A broker that is slow, or starting, is one that passes.
 */
public final class TopicInitializer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(TopicInitializer.class);

  /** As many failures in a row no longer look like a start under load. */
  private static final int WARN_AT = 5;

  private final KafkaAdmin admin;
  private final Duration retryAfter;
  private final Semaphore requests = new Semaphore(0);
  private final BackgroundLoop loop =
      new BackgroundLoop("topic-initializer", this::createRequested);
  private final AtomicInteger failures = new AtomicInteger(); // in a row

  /**
   * @param admin fails fast and creates nothing by itself
   */
  TopicInitializer(KafkaAdmin admin, Duration retryAfter) {
    this.admin = admin;
    this.retryAfter = retryAfter;
  }

  /** Has missing topics created soon. Returns at once. */
  public void createMissing() {
    requests.release();
  }

  private void createRequested() throws InterruptedException {
    requests.acquire();
    requests.drainPermits();
    while (!created()) {
      Thread.sleep(retryAfter);
    }
  }

  private boolean created() {
    try {
      boolean created = admin.initialize();
      failures.set(0);
      return created;
    } catch (IllegalStateException unavailable) {
      int attempt = failures.incrementAndGet();
      log.atLevel(attempt == WARN_AT ? Level.WARN : Level.INFO)
          .log(
              "Topics cannot be created yet, attempt {}: {}",
              attempt,
              NestedExceptionUtils.getMostSpecificCause(unavailable).toString());
      return false;
    }
  }

  /** Returns when the topics are there, or the first attempt has failed. */
  @Override
  public void start() {
    if (!created()) {
      createMissing();
    }
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop(Duration.ZERO);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  /** Before the relay: a broker may create a topic that it is asked for, with other settings. */
  @Override
  public int getPhase() {
    return OutboxRelay.PHASE - 1;
  }
}
