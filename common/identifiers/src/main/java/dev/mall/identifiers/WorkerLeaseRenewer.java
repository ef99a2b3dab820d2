package dev.mall.identifiers;

import dev.mall.runtime.BackgroundLoop;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Renews the worker lease three times in its life, and releases it at shutdown. */
final class WorkerLeaseRenewer implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(WorkerLeaseRenewer.class);

  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final IdGenerator ids;
  private final Duration pause;
  private final Semaphore stopping = new Semaphore(0);
  private final BackgroundLoop loop = new BackgroundLoop("worker-lease", this::renewAndPause);

  WorkerLeaseRenewer(IdGenerator ids, Duration lease) {
    this.ids = ids;
    this.pause = lease.dividedBy(3);
  }

  private void renewAndPause() throws InterruptedException {
    try {
      ids.renew();
    } catch (RuntimeException failure) {
      // ids are made until the lease expires; then the caller that needs one asks the database
      log.warn("worker lease not renewed: {}", failure.toString());
    }
    if (stopping.tryAcquire(pause.toMillis(), TimeUnit.MILLISECONDS)) {
      stopping.drainPermits();
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    try {
      if (loop.stop(STOP_WITHIN, stopping::release)) {
        ids.release();
      }
    } catch (RuntimeException failure) {
      log.info("worker lease not released, it will expire: {}", failure.toString());
    }
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  /** Starts before all that takes requests, stops after it. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE + 1000;
  }
}
