package dev.mall.benchmarks.load;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends orders at fixed times, however long the earlier ones take. Its latency counts from the time
 * at which an order was due, so that a stall is seen by all orders that were due meanwhile.
 *
 * @param perSecond orders
 * @param untilFinal whether the answer to an order is its outcome
 */
public record OpenLoop(int perSecond, boolean untilFinal) implements LoadShape {

  /** Returns when every order that was due before the recorder's end was answered. */
  @Override
  public void run(OrderClient client, LoadRecorder recorder) throws InterruptedException {
    long pause = Duration.ofSeconds(1).toNanos() / perSecond;
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (long due = System.nanoTime(); due - recorder.until() < 0; due += pause) {
        awaitTurn(due);
        long turn = due;
        executor.execute(() -> placeOne(client, recorder, turn));
      }
    }
  }

  private static void awaitTurn(long due) throws InterruptedException {
    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  private void placeOne(OrderClient client, LoadRecorder recorder, long due) {
    try {
      int status = client.place(untilFinal).status();
      long now = System.nanoTime();
      if (status == 200 || (status == 202 && !untilFinal)) {
        recorder.answered(due, now);
      } else if (status == 503) {
        recorder.shed(now);
      } else {
        recorder.failed(now);
      }
    } catch (IOException _) {
      recorder.failed(System.nanoTime());
    }
  }
}
