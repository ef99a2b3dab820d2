package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ConsumerProgressTest {

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ConsumerProgress progress =
      new ConsumerProgress("service.events", 2, 500, 2, Duration.ofSeconds(1), meters);

  /** Two threads that live at the same time. */
  private final CountDownLatch end = new CountDownLatch(1);

  @Test
  void keepsOneThreadsTimeoutsAndFailuresFromTheOther() throws Exception {
    var slow = stateOfAnotherThread();
    var fast = stateOfAnotherThread();

    slow.limit().exceeded(500);
    slow.streak().failed(new IllegalStateException());
    slow.streak().failed(new IllegalStateException());
    fast.streak().succeeded();

    assertThat(fast.limit().size()).isEqualTo(500);
    assertThat(fast.streak().isSuspicious()).isFalse();
    assertThat(slow.streak().isSuspicious()).isTrue();
    end.countDown();
  }

  @Test
  void reportsTheThreadThatIsPausedAndTheSmallestLimit() throws Exception {
    var paused = stateOfAnotherThread();
    var running = stateOfAnotherThread();
    paused.limit().exceeded(100);
    paused.paused("no database");
    running.progressed();

    assertThat(progress.view().reason()).isEqualTo("no database");
    assertThat(progress.view().batchLimit()).isEqualTo(50);
    assertThat(meters.get("mall.consumer.paused").gauge().value()).isPositive();
    assertThat(meters.get("mall.consumer.batch.limit").gauge().value()).isEqualTo(50);

    running.progressed();
    assertThat(progress.view().pausedSeconds()).isPositive();
    paused.progressed();
    assertThat(progress.view().pausedSeconds()).isZero();
    end.countDown();
  }

  @Test
  void excusesSoManyFailuresOfAllThreadsTogether() throws Exception {
    var one = stateOfAnotherThread();
    var other = stateOfAnotherThread();
    progress.excuse(2);

    assertThat(one.streak().failed(new IllegalStateException())).isTrue();
    assertThat(other.streak().failed(new IllegalStateException())).isTrue();
    assertThat(one.streak().failed(new IllegalStateException())).isFalse();
    assertThat(progress.view().givingUp()).isZero();
    end.countDown();
  }

  @Test
  void handsTheStateOfAnEndedThreadToItsSuccessor() throws Exception {
    var before = stateOfAnotherThread();
    var beside = stateOfAnotherThread();
    end.countDown();
    threads.forEach(ConsumerProgressTest::join);

    assertThat(progress.current()).isIn(before, beside);
    assertThat(progress.current()).isSameAs(progress.current());
  }

  private final List<Thread> threads = new ArrayList<>();

  private ConsumerState stateOfAnotherThread() throws Exception {
    var state = new CompletableFuture<ConsumerState>();
    threads.add(
        Thread.ofPlatform()
            .daemon()
            .start(() -> {
              state.complete(progress.current());
              awaitEnd();
            }));
    return state.get();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
