package dev.mall.messaging.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClockShiftDetectorTest {

  private final AtomicLong ahead = new AtomicLong(5_000);
  private final AtomicInteger restarts = new AtomicInteger();
  private final ClockShiftDetector watch =
      new ClockShiftDetector(ahead::get, restarts::incrementAndGet);

  @Test
  void restartsOnceWhenTheClockIsSetBack() {
    setTo(-55_000);
    setTo(-55_000);

    assertThat(restarts).hasValue(1);
  }

  @Test
  void doesNothingWhenTheClockIsSetAheadButWhenItIsSetRightAgain() {
    setTo(65_000);
    assertThat(restarts).hasValue(0);

    setTo(5_000);
    assertThat(restarts).hasValue(1);
  }

  @Test
  void sitsOutWhatATimeServerCorrects() {
    for (int step = 1; step <= 10; step++) {
      setTo(5_000 - step * 900);
    }

    assertThat(restarts).hasValue(0);
  }

  @Test
  void goesOnWatchingAfterAFailedRestart() throws InterruptedException {
    var jumps = new AtomicLong();
    var attempts = new CountDownLatch(2);
    var failing =
        new ClockShiftDetector(
            () -> jumps.getAndAdd(-2_000),
            () -> {
              attempts.countDown();
              throw new IllegalStateException("as a test has it");
            });
    failing.start();

    assertThat(attempts.await(30, TimeUnit.SECONDS)).isTrue();
    failing.stop();
  }

  private void setTo(long millis) {
    ahead.set(millis);
    watch.look();
  }
}
