package dev.mall.messaging.kafka;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.kafka.core.KafkaAdmin;

/**
 * Makes the topics as soon as Kafka answers. At the start they are made already, where Kafka
 * answers in time; where it does not, a service that waits for a topic would wait until somebody
 * sends.
 */
public final class TopicInitializer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(TopicInitializer.class);
  private static final Duration PAUSE = Duration.ofSeconds(2);

  private final KafkaAdmin admin;
  private volatile @Nullable Thread thread;
  private volatile boolean stopped;

  TopicInitializer(KafkaAdmin admin) {
    this.admin = admin;
  }

  @Override
  public void start() {
    stopped = false;
    makeMissing();
  }

  /** Makes the topics once more, unless that is under way. Returns at once. */
  public synchronized void makeMissing() {
    if (stopped || thread != null) {
      return;
    }
    var maker = Thread.ofVirtual().name("topics-maker").unstarted(this::untilTheyAreThere);
    thread = maker;
    maker.start();
  }

  private void untilTheyAreThere() {
    try {
      while (!made()) {
        Thread.sleep(PAUSE);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // stopped before Kafka ever answered
    } finally {
      thread = null;
    }
  }

  private boolean made() {
    try {
      return admin.initialize();
    } catch (IllegalStateException away) {
      log.info("the topics cannot be made yet: {}", away.toString());
      return false;
    }
  }

  @Override
  public void stop() {
    stopped = true;
    var running = thread;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
