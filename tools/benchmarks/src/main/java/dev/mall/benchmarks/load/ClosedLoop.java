package dev.mall.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

/**
 * Clients that each send an order when the one before was answered, and that stand back for as long
 * as a 503 asks them to.
 *
 * @param connections clients at once
 * @param untilFinal whether the answer to an order is its outcome
 */
public record ClosedLoop(int connections, boolean untilFinal) implements LoadShape {

  @Override
  public void run(OrderClient client, LoadRecorder recorder) {
    run(client, recorder, () -> System.nanoTime() - recorder.until() >= 0);
  }

  /** Returns when no client has a request open any more. */
  public void run(OrderClient client, LoadRecorder recorder, BooleanSupplier ends) {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < connections; i++) {
        executor.execute(() -> placeAll(client, recorder, ends));
      }
    }
  }

  private void placeAll(OrderClient client, LoadRecorder recorder, BooleanSupplier ends) {
    try {
      while (!ends.getAsBoolean()) {
        placeOne(client, recorder);
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void placeOne(OrderClient client, LoadRecorder recorder) throws InterruptedException {
    long due = System.nanoTime();
    try {
      var response = client.place(untilFinal);
      long now = System.nanoTime();
      switch (response.status()) {
        case 200 -> recorder.answered(due, now);
        case 202 -> accepted(recorder, due, now);
        case 503 -> {
          recorder.shed(now);
          Thread.sleep(Duration.ofSeconds(Math.max(1, response.retryAfterSeconds())));
        }
        default -> recorder.failed(now);
      }
    } catch (IOException _) {
      recorder.failed(System.nanoTime());
    }
  }

  private void accepted(LoadRecorder recorder, long due, long now) {
    if (untilFinal) {
      recorder.failed(now);
    } else {
      recorder.answered(due, now);
    }
  }
}
