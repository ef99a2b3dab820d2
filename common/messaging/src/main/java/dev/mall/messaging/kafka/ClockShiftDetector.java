package dev.mall.messaging.kafka;

import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import java.util.function.LongSupplier;
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

  private static final Duration STOP_WITHIN = Duration.ofSeconds(30);

  /** Corrections smaller than this are sat out. */
  private static final long TOLERANCE_MILLIS = 1_000;

  private final LongSupplier aheadMillis;
  private final Runnable restart;
  private final BackgroundLoop loop = new BackgroundLoop("clock-shift-detector", this::watch);
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
      restart.run();
    }
  }

  private void watch() throws InterruptedException {
    Thread.sleep(LOOK_EVERY_MILLIS);
    look();
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Returns when no restart is under way: the clients may stop then. */
  @Override
  public void stop() {
    loop.interrupt(STOP_WITHIN);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }
}
