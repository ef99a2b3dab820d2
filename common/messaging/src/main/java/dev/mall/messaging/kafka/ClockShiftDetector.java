package dev.mall.messaging.kafka;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Notices when this machine's clock is set back. Kafka's clients never let their timers go back:
 * until the clock has caught up, a consumer would stand still and lose its place in the group. So
 * they are restarted.
 *
 * @see <a
 *     href="https://github.com/apache/kafka/blob/4.1/clients/src/main/java/org/apache/kafka/common/utils/Timer.java">Kafka's
 *     timer</a>
 */
final class ClockShiftDetector implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(ClockShiftDetector.class);

  private static final long LOOK_EVERY_MILLIS = 500;

  /** Corrections smaller than this are sat out. */
  private static final long TOLERANCE_MILLIS = 1_000;

  private final LongSupplier aheadMillis;
  private final Runnable restart;
  private volatile @Nullable Thread thread;
  private long lastAhead;

  /**
   * @param aheadMillis by how much the wall clock is ahead of one that never jumps
   * @param restart what is done when it was set back
   */
  ClockShiftDetector(LongSupplier aheadMillis, Runnable restart) {
    this.aheadMillis = aheadMillis;
    this.restart = restart;
    this.lastAhead = aheadMillis.getAsLong();
  }

  /** By how much the wall clock is ahead of the one that measures intervals. */
  static long aheadMillis() {
    return System.currentTimeMillis() - System.nanoTime() / 1_000_000;
  }

  void look() {
    long ahead = aheadMillis.getAsLong();
    long setBack = lastAhead - ahead;
    lastAhead = ahead;
    if (setBack > TOLERANCE_MILLIS) {
      log.warn("The clock was set back by {} ms: Kafka's clients are restarted", setBack);
      restartOrLog();
    }
  }

  private void restartOrLog() {
    try {
      restart.run();
    } catch (RuntimeException failed) { // the next time that the clock is set back must be noticed
      log.error("Kafka's clients were not all restarted", failed);
    }
  }

  private void watch() {
    try {
      while (isRunning()) {
        Thread.sleep(LOOK_EVERY_MILLIS);
        look();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt(); // stopped
    }
  }

  @Override
  public void start() {
    var watching = Thread.ofVirtual().name("clock-watch").unstarted(this::watch);
    thread = watching;
    watching.start();
  }

  /** Returns when nothing is started anew any more: what it watches over may stop then. */
  @Override
  public void stop() {
    var watching = thread;
    thread = null;
    if (watching != null) {
      watching.interrupt();
      try {
        watching.join();
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }
}
