package dev.mall.cli;

import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * Lets Ctrl-C (or SIGTERM) interrupt the work, and keeps the JVM alive until the work has cleaned
 * up.
 */
public final class ShutdownHook {

  private final CountDownLatch done = new CountDownLatch(1);
  private volatile @Nullable Thread worker;

  /** Ends early, with all it started, when it is interrupted. */
  public interface Work {
    int run() throws InterruptedException;
  }

  /** From now on the end of the JVM interrupts the work; the work must have begun or begin soon. */
  public void atJvmEnd() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::interrupt, "ctrl-c"));
  }

  /**
   * @return the work's exit code; 0 if it was interrupted, when no caller waits for one
   */
  public int whileDoing(Work work) {
    worker = Thread.currentThread();
    try {
      return work.run();
    } catch (InterruptedException _) {
      return 0;
    } finally {
      worker = null;
      done.countDown();
    }
  }

  void interrupt() {
    var working = worker;
    if (working != null) {
      working.interrupt();
    }
    try {
      done.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
