package dev.mall.order.place;

import dev.mall.order.OrderRefused;
import dev.mall.order.place.Placement.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.dao.QueryTimeoutException;

/** A request that waits for its transaction. */
final class PendingRequest {

  private enum Stage {
    QUEUED,
    BEGUN,
    GIVEN_UP
  }

  private final PlaceOrder request;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);
  private final CompletableFuture<Placement> answer = new CompletableFuture<>();

  PendingRequest(PlaceOrder request) {
    this.request = request;
  }

  PlaceOrder request() {
    return request;
  }

  /** Whether somebody still waits for this; from now on its outcome is open. */
  boolean begin() {
    return stage.compareAndSet(Stage.QUEUED, Stage.BEGUN);
  }

  /** Whether there is still time to answer. */
  boolean isAwaited() {
    return stage.get() != Stage.GIVEN_UP;
  }

  void answer(Placement placement) {
    answer.complete(placement);
  }

  void fail(RuntimeException failure) {
    answer.completeExceptionally(failure);
  }

  Placement await(Duration atMost) {
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return outOfTime();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return outOfTime();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(failed);
    }
  }

  private Placement outOfTime() {
    if (stage.getAndSet(Stage.GIVEN_UP) == Stage.QUEUED) {
      return new Refused(new OrderRefused.Overrun());
    }
    throw new QueryTimeoutException("the order's transaction takes too long");
  }
}
