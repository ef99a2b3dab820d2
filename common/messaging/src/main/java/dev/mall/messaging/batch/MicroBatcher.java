package dev.mall.messaging.batch;

import dev.mall.runtime.BackgroundLoop;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Gathers concurrent requests into batches, so that requests that arrive together share a
 * transaction. One thread handles the batches: while one is in its transaction, the next one
 * queues. The queue is bounded, and so is the time that a caller waits.
 *
 * <p>If a batch fails and one request may have caused it, its requests are retried one by one, so
 * that only the request at fault fails.
 *
 * @param <Q> request
 * @param <R> answer
 */
public final class MicroBatcher<Q, R> implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(MicroBatcher.class);

  private static final long IDLE_MILLIS = 100;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(5);

  private final BatchHandler<Q, R> handler;
  private final Limits limits;
  private final BlockingQueue<PendingRequest<Q, R>> queue;
  private final BackgroundLoop loop;
  private final DistributionSummary sizes;

  /**
   * The bounds of a batcher.
   *
   * @param batch requests that share a transaction at most; at least 1
   * @param gatherFor longest time that the first request of a batch waits for others
   * @param queue requests that may wait for their transaction; at least 1
   * @param answerWithin longest time that a caller waits; above zero
   */
  public record Limits(int batch, Duration gatherFor, int queue, Duration answerWithin) {}

  /**
   * @param name of the thread, and with {@code .gathered} that of the metric of batch sizes
   */
  public MicroBatcher(
      String name, BatchHandler<Q, R> handler, Limits limits, MeterRegistry meters) {
    this.handler = handler;
    this.limits = limits;
    this.queue = new ArrayBlockingQueue<>(limits.queue());
    this.loop = new BackgroundLoop(name, this::handleNext, this::shedQueue);
    this.sizes =
        DistributionSummary.builder(name + ".gathered")
            .description("Requests that shared a transaction")
            .register(meters);
  }

  /**
   * Handles a request together with others that arrive at the same time, and waits for its answer.
   *
   * @throws org.springframework.dao.QueryTimeoutException if its transaction takes too long; the
   *     outcome is unknown
   */
  public R submit(Q request) {
    var pending = new PendingRequest<Q, R>(request);
    if (!isRunning() || !queue.offer(pending)) {
      return handler.shed(request);
    }
    if (!isRunning()) { // stopped in between: the loop may have shed its queue already
      shedQueue();
    }
    return pending.await(limits.answerWithin()).orElseGet(() -> handler.shed(request));
  }

  int queued() {
    return queue.size();
  }

  private void handleNext() throws InterruptedException {
    var batch = gather().stream().filter(PendingRequest::begin).toList();
    if (batch.isEmpty()) {
      return;
    }
    try {
      handle(batch);
    } catch (Error error) {
      log.error("batch of {} requests failed", batch.size(), error);
      batch.forEach(pending -> pending.fail(new IllegalStateException(error)));
    }
  }

  private List<PendingRequest<Q, R>> gather() throws InterruptedException {
    var batch = new ArrayList<PendingRequest<Q, R>>();
    var first = queue.poll(IDLE_MILLIS, TimeUnit.MILLISECONDS);
    if (first != null) {
      batch.add(first);
      fill(batch);
    }
    return batch;
  }

  private void fill(List<PendingRequest<Q, R>> batch) throws InterruptedException {
    long end = System.nanoTime() + limits.gatherFor().toNanos();
    try {
      while (batch.size() < limits.batch()) {
        var next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
        if (next == null) {
          return;
        }
        batch.add(next);
        queue.drainTo(batch, limits.batch() - batch.size());
      }
    } catch (InterruptedException stopped) {
      batch.forEach(PendingRequest::shed);
      throw stopped;
    }
  }

  private void handle(List<PendingRequest<Q, R>> batch) {
    try {
      handleTogether(batch);
    } catch (RuntimeException failure) {
      if (handler.isolates(failure)) {
        handleOneByOne(batch);
      } else {
        batch.forEach(pending -> pending.fail(failure));
      }
    }
  }

  private void handleTogether(List<PendingRequest<Q, R>> batch) {
    var answers = handler.handle(batch.stream().map(PendingRequest::request).toList());
    sizes.record(batch.size());
    for (int i = 0; i < batch.size(); i++) {
      batch.get(i).answer(answers.get(i));
    }
  }

  private record Failed<Q>(Q request, RuntimeException failure) {}

  private void handleOneByOne(List<PendingRequest<Q, R>> batch) {
    var failed = new ArrayList<Failed<Q>>();
    for (var pending : batch) {
      var blocking = failed.stream().filter(f -> blocks(f, pending.request())).findFirst();
      if (blocking.isPresent()) {
        answer(pending, blocking.get().failure());
      } else if (pending.isAwaited()) {
        try {
          handleTogether(List.of(pending));
        } catch (RuntimeException failure) {
          failed.add(new Failed<>(pending.request(), failure));
          answer(pending, failure);
        }
      }
    }
  }

  private boolean blocks(Failed<Q> failed, Q next) {
    return handler.blocks(failed.request(), failed.failure(), next);
  }

  private void answer(PendingRequest<Q, R> pending, RuntimeException failure) {
    handler
        .failed(pending.request(), failure)
        .ifPresentOrElse(pending::answer, () -> pending.fail(failure));
  }

  private void shedQueue() {
    for (var next = queue.poll(); next != null; next = queue.poll()) {
      next.shed();
    }
  }

  @Override
  public void start() {
    loop.start();
  }

  /** Finishes the current batch and sheds what is queued. */
  @Override
  public void stop() {
    loop.stop(STOP_WITHIN);
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  /** Starts before the web server and stops after it. */
  @Override
  public int getPhase() {
    return 0;
  }
}
