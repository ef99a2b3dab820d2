package dev.mall.launcher.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class InParallelTest {

  @Test
  void waitsForTheOthersWhenOneFails() {
    var slow = new AtomicBoolean();
    var failed = new CountDownLatch(1);

    assertThatThrownBy(() ->
            InParallel.run(
                2,
                List.of(
                    () -> {
                      failed.countDown();
                      throw new IllegalStateException("broken");
                    },
                    () -> {
                      await(failed);
                      slow.set(true);
                    })))
        .hasMessage("broken");

    assertThat(slow).isTrue();
  }

  @Test
  void passesAnInterruptionOnToTheTasks() {
    var interrupted = new AtomicBoolean();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() ->
            InParallel.run(
                1,
                List.of(() -> {
                  try {
                    new CountDownLatch(1).await();
                  } catch (InterruptedException _) {
                    interrupted.set(true);
                  }
                })))
        .isInstanceOf(InterruptedException.class);

    assertThat(interrupted).isTrue();
  }

  @Test
  void closesToTheEndThoughTheCallerIsInterrupted() {
    var closed = new AtomicBoolean();
    Thread.currentThread().interrupt();

    InParallel.undisturbed(() -> {
      assertThat(Thread.currentThread().isInterrupted()).isFalse();
      closed.set(true);
    });

    assertThat(Thread.interrupted()).isTrue();
    assertThat(closed).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
