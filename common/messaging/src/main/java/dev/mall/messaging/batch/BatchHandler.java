package dev.mall.messaging.batch;

import java.util.List;
import java.util.Optional;

/**
 * The work of a {@link MicroBatcher}, and its policy on failures.
 *
 * @param <Q> request
 * @param <R> answer
 */
public interface BatchHandler<Q, R> {

  /**
   * Handles requests in one transaction. An exception means that it was rolled back.
   *
   * @return one answer for each request, in their order
   */
  List<R> handle(List<Q> batch);

  /** Answers a request that is never handled: too many are queued, or it was queued too long. */
  R shed(Q request);

  /**
   * Returns whether one request alone may have caused a failure, so that the others are retried.
   */
  boolean isolates(RuntimeException failure);

  /**
   * Answers a request that failed alone.
   *
   * @return empty if the caller gets the failure itself
   */
  Optional<R> failed(Q request, RuntimeException failure);

  /** Returns whether {@code next} would fail as {@code failed} did; it is then not tried. */
  boolean blocks(Q failed, RuntimeException failure, Q next);
}
