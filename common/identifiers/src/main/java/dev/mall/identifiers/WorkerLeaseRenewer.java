package dev.mall.identifiers;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Renews the lease of the worker number three times in its life, and gives it back at the end. */
final class WorkerLeaseRenewer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WorkerLeaseRenewer.class);

  private final IdGenerator ids;
  private final Duration pause;
  private final CountDownLatch stopped = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  WorkerLeaseRenewer(IdGenerator ids, Duration lease) {
    this.ids = ids;
    this.pause = lease.dividedBy(3);
  }

  @Override
  public void start() {
    thread = Thread.ofVirtual().name("worker-lease").start(this::keep);
  }

  private void keep() {
    try {
      do {
        renew();
      } while (!stopped.await(pause.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void renew() {
    try {
      ids.renew();
    } catch (RuntimeException failure) {
      // ids are made until the lease ends; then whoever needs one tries, and is told
      log.warn("cannot renew the lease of the worker number: {}", failure.toString());
    }
  }

  @Override
  public void stop() {
    stopped.countDown();
    var keeper = thread;
    thread = null;
    try {
      if (keeper != null && keeper.join(Duration.ofSeconds(5))) {
        ids.release();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException failure) {
      log.info("the worker number is free when its lease ends: {}", failure.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return thread != null;
  }

  /** Starts before all that takes requests, stops after it. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1000;
  }
}
