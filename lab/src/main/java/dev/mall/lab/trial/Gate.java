package dev.mall.lab.trial;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A point inside a step, such as in a library's callback, at which a node stands until the schedule
 * lets it pass.
 */
public final class Gate {

  private static final long PATIENCE_SECONDS = 30;

  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch open = new CountDownLatch(1);

  /** For the step: waits until the gate is open. */
  public void pass() throws InterruptedException {
    reached.countDown();
    open.await();
  }

  /** For the schedule: waits until the step has come to the gate. */
  public void awaitReached() throws InterruptedException {
    if (!reached.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      throw new IllegalStateException("no step reached the gate in " + PATIENCE_SECONDS + " s");
    }
  }

  public void open() {
    open.countDown();
  }
}
