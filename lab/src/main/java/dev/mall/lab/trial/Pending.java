package dev.mall.lab.trial;

import dev.mall.lab.history.HistoryRecorder;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A step that was begun. */
public final class Pending<T extends @Nullable Object> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String node;
  private final String step;
  private final Future<T> running;
  private final HistoryRecorder recorder;

  Pending(String node, String step, Future<T> running, HistoryRecorder recorder) {
    this.node = node;
    this.step = step;
    this.running = running;
    this.recorder = recorder;
  }

  /**
   * Waits for the step and makes its result an event.
   *
   * @throws StepFailedException if it fails or does not end within 30 s
   */
  public T end() {
    var result = await();
    recorder.event(node, label(step, result), result);
    return result;
  }

  /** Whether it has ended; not for a schedule, which would depend on speed. */
  public boolean isDone() {
    return running.isDone();
  }

  T await() {
    try {
      return running.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new StepFailedException(node, step, String.valueOf(e.getCause()), e.getCause());
    } catch (TimeoutException e) {
      running.cancel(true);
      throw new StepFailedException(node, step, "no end after " + PATIENCE.toSeconds() + " s", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StepFailedException(node, step, "interrupted", e);
    }
  }

  static String label(String step, @Nullable Object result) {
    return result == null ? step : step + " → " + result;
  }
}
