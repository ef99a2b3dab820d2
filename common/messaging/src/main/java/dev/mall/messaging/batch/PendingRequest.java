package dev.mall.messaging.batch;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.dao.QueryTimeoutException;

/** A request that waits for its transaction. Its answer is empty if it was shed. */
final class PendingRequest<Q, R> {

  private enum Stage {
    QUEUED,
    BEGUN,
    GIVEN_UP
  }

  private final Q request;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.QUEUED);
  private final CompletableFuture<Optional<R>> answer = new CompletableFuture<>();

  PendingRequest(Q request) {
    this.request = request;
  }

  Q request() {
    return request;
  }

  /** Returns whether the caller still waits; from now on the outcome is open. */
  boolean begin() {
    return stage.compareAndSet(Stage.QUEUED, Stage.BEGUN);
  }

  boolean isAwaited() {
    return stage.get() != Stage.GIVEN_UP;
  }

  void answer(R given) {
    answer.complete(Optional.of(given));
  }

  void fail(RuntimeException failure) {
    answer.completeExceptionally(failure);
  }

  void shed() {
    answer.complete(Optional.empty());
  }

  /**
   * Waits in the calling thread.
   *
   * @return empty if the request was not handled and will not be
   * @throws QueryTimeoutException if it is being handled still
   */
  Optional<R> await(Duration atMost) {
    try {
      return answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return giveUp();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return giveUp();
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException(failed);
    }
  }

  private Optional<R> giveUp() {
    if (stage.getAndSet(Stage.GIVEN_UP) == Stage.QUEUED) {
      return Optional.empty();
    }
    throw new QueryTimeoutException("the transaction of this request takes too long");
  }
}
