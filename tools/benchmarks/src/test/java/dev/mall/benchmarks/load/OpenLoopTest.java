package dev.mall.benchmarks.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class OpenLoopTest {

  private static final Duration WINDOW = Duration.ofMillis(200);

  @Test
  void countsAnAcceptedOrderIfItsOutcomeIsNotWaitedFor() throws InterruptedException {
    var client = new Client(202);
    var figures = run(new OpenLoop(50, false), client);

    assertThat(client.waited).containsExactly(false);
    assertThat(figures.latency().count()).isPositive();
    assertThat(figures.failed()).isZero();
  }

  @Test
  void anOrderThatIsNotFinalInTimeHasFailedIfItsOutcomeIsWaitedFor() throws InterruptedException {
    var client = new Client(202);
    var figures = run(new OpenLoop(50, true), client);

    assertThat(client.waited).containsExactly(true);
    assertThat(figures.answered()).isZero();
    assertThat(figures.failed()).isPositive();
  }

  @Test
  void countsRefusedOrders() throws InterruptedException {
    assertThat(run(new OpenLoop(50, false), new Client(503)).shed()).isPositive();
    assertThat(run(new OpenLoop(50, false), new Client(429)).failed()).isPositive();
  }

  private static LoadFigures run(OpenLoop load, Client client) throws InterruptedException {
    long from = System.nanoTime();
    var recorder = new LoadRecorder(from, from + WINDOW.toNanos());
    load.run(client, recorder);
    return recorder.figures();
  }

  /** Gives every order the same answer. */
  private static final class Client implements OrderClient {

    private final int status;
    private final Set<Boolean> waited = ConcurrentHashMap.newKeySet();

    Client(int status) {
      this.status = status;
    }

    @Override
    public Answer place(boolean untilFinal) {
      waited.add(untilFinal);
      return new Answer(status, 1);
    }

    @Override
    public void close() {}
  }
}
