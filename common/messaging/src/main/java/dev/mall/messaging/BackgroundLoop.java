package dev.mall.messaging;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that repeats one step until it is stopped. A step that fails is logged and
 * repeated after a pause.
 */
public final class BackgroundLoop {

  private static final Logger log = LoggerFactory.getLogger(BackgroundLoop.class);

  private static final Duration AFTER_FAILURE = Duration.ofMillis(500);

  private final String name;
  private final Step step;
  private final Runnable atEnd;
  private volatile @Nullable Thread thread;

  /** One round of the loop; it blocks while there is nothing to do. */
  public interface Step {
    void run() throws InterruptedException;
  }

  public BackgroundLoop(String name, Step step) {
    this(name, step, () -> {});
  }

  /**
   * @param atEnd runs on the same thread after the last step, also if that was interrupted
   */
  public BackgroundLoop(String name, Step step, Runnable atEnd) {
    this.name = name;
    this.step = step;
    this.atEnd = atEnd;
  }

  public void start() {
    var loop = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    thread = loop;
    loop.start();
  }

  public boolean isRunning() {
    return thread != null;
  }

  /** Starts no further step, and interrupts the current one if it takes longer than this. */
  public void stop(Duration patience) {
    var loop = thread;
    thread = null;
    try {
      if (loop != null && !loop.join(patience)) {
        loop.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (Thread.currentThread().equals(thread)) {
        repeat();
      }
    } catch (InterruptedException _) {
      log.debug("{} was interrupted", name);
    }
    atEnd.run();
  }

  private void repeat() throws InterruptedException {
    try {
      step.run();
    } catch (RuntimeException | Error failure) { // a thread that has ended would do nothing more
      log.error("{} failed and goes on", name, failure);
      Thread.sleep(AFTER_FAILURE);
    }
  }
}
