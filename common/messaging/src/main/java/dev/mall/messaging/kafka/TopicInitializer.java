package dev.mall.messaging.kafka;

import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Creates the topics as soon as Kafka answers. Spring creates them at the start if Kafka answers in
 * time; if it does not, a consumer of a missing topic would wait until a producer creates it.
 */
public final class TopicInitializer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(TopicInitializer.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

  private final KafkaAdmin admin;
  private final Semaphore requests = new Semaphore(0);
  private final BackgroundLoop loop =
      new BackgroundLoop("topic-initializer", this::createRequested);

  TopicInitializer(KafkaAdmin admin) {
    this.admin = admin;
  }

  /** Has missing topics created soon. Returns at once. */
  public void createMissing() {
    requests.release();
  }

  private void createRequested() throws InterruptedException {
    requests.acquire();
    requests.drainPermits();
    while (!created()) {
      Thread.sleep(RETRY_AFTER);
    }
  }

  private boolean created() {
    try {
      return admin.initialize();
    } catch (IllegalStateException unavailable) {
      log.info("topics cannot be created yet: {}", unavailable.toString());
      return false;
    }
  }

  @Override
  public void start() {
    createMissing();
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
}
