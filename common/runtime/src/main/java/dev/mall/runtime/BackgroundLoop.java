package dev.mall.runtime;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A daemon thread that repeats one step until it is stopped. A step that fails is logged and
 * repeated after a pause. It may be started again after it was stopped.
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
    thread = loop; // before it runs, because it runs for as long as it is the loop's thread
    loop.start();
  }

  public boolean isRunning() {
    return thread != null;
  }

  /**
   * Starts no further step, and interrupts the current one if it takes longer than {@code
   * patience}.
   *
   * @return whether the last step has ended
   */
  public boolean stop(Duration patience) {
    return stop(patience, () -> {});
  }

  /**
   * As {@link #stop(Duration)}.
   *
   * @param wakeUp ends the current step's wait; it runs when no further step can start
   */
  public boolean stop(Duration patience, Runnable wakeUp) {
    var loop = detach();
    wakeUp.run();
    boolean ended = joined(loop, patience);
    if (loop != null && !ended) {
      loop.interrupt();
    }
    return ended;
  }

  /**
   * Starts no further step, interrupts the current one, and waits for it to end.
   *
   * @return whether it ended within {@code patience}
   */
  public boolean interrupt(Duration patience) {
    var loop = detach();
    if (loop != null) {
      loop.interrupt();
    }
    return joined(loop, patience);
  }

  private @Nullable Thread detach() {
    var loop = thread;
    thread = null;
    return loop;
  }

  private static boolean joined(@Nullable Thread loop, Duration patience) {
    try {
      return loop == null || loop.join(patience);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
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
      log.error("{} failed, continuing", name, failure);
      Thread.sleep(AFTER_FAILURE);
    }
  }
}
