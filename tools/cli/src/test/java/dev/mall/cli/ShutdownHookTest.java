package dev.mall.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class ShutdownHookTest {

  @Test
  void passesTheExitCodeOn() {
    assertThat(new ShutdownHook().whileDoing(() -> 7)).isEqualTo(7);
  }

  @Test
  void interruptsTheWorkAndWaitsUntilItHasEnded() throws Exception {
    var interruption = new ShutdownHook();
    var working = new CountDownLatch(1);
    var ended = new AtomicBoolean();
    var worker =
        new Thread(() ->
            interruption.whileDoing(() -> {
              working.countDown();
              try {
                new CountDownLatch(1).await();
              } finally {
                ended.set(true);
              }
              return 0;
            }));
    worker.start();
    working.await();

    interruption.interrupt();

    assertThat(ended).isTrue();
    worker.join();
  }

  @Test
  void returnsAtOnceWhenTheWorkIsDone() {
    var interruption = new ShutdownHook();
    interruption.whileDoing(() -> 0);

    interruption.interrupt();

    assertThat(Thread.currentThread().isInterrupted()).isFalse();
  }
}
