package dev.mall.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class BackgroundLoopTest {

  private static final Duration LONG = Duration.ofSeconds(20);

  private final Semaphore steps = new Semaphore(0);
  private final Semaphore done = new Semaphore(0);
  private final CountDownLatch ended = new CountDownLatch(1);
  private final AtomicInteger failures = new AtomicInteger();
  private final BackgroundLoop loop = new BackgroundLoop("test", this::step, ended::countDown);

  private void step() throws InterruptedException {
    steps.acquire();
    if (failures.getAndDecrement() > 0) {
      throw new AssertionError("planned");
    }
    done.release();
  }

  private void startWithAStepThatWaits() {
    loop.start();
    while (!steps.hasQueuedThreads()) {
      Thread.onSpinWait();
    }
  }

  @AfterEach
  void stop() {
    loop.interrupt(LONG);
  }

  @Test
  void goesOnAfterAFailure() throws InterruptedException {
    failures.set(1);
    loop.start();
    steps.release(2);

    assertThat(done.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
    assertThat(loop.isRunning()).isTrue();
  }

  @Test
  void letsTheCurrentStepEndInTime() {
    startWithAStepThatWaits();

    assertThat(loop.stop(LONG, steps::release)).isTrue();

    assertThat(loop.isRunning()).isFalse();
    assertThat(done.availablePermits()).isOne(); // of the step that waited, and no other
    assertThat(ended.getCount()).isZero();
  }

  @Test
  void interruptsAStepThatTakesLonger() throws InterruptedException {
    startWithAStepThatWaits();

    assertThat(loop.stop(Duration.ZERO)).isFalse();

    assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void waitsForTheStepItInterrupted() {
    loop.start();

    assertThat(loop.interrupt(LONG)).isTrue();

    assertThat(ended.getCount()).isZero();
  }

  @Test
  void startsAgain() throws InterruptedException {
    loop.start();
    loop.interrupt(LONG);

    loop.start();
    steps.release();

    assertThat(done.tryAcquire(20, TimeUnit.SECONDS)).isTrue();
  }
}
