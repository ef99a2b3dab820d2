package dev.mall.order.place;

import dev.mall.order.OrderMetrics;
import dev.mall.order.OrderProperties;
import dev.mall.order.OrderRefused;
import dev.mall.order.place.Placement.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Gathers requests that arrive at about the same time. One thread does it, so that the next batch
 * gathers while one is in its transaction; the requests wait for their answers, in bounded number
 * and for a bounded time.
 */
@Component
public class Intake implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(Intake.class);

  private final TakeRequests requests;
  private final OrderMetrics metrics;
  private final OrderProperties properties;
  private final BlockingQueue<PendingRequest> queue;
  private volatile @Nullable Thread gatherer;

  Intake(TakeRequests requests, OrderMetrics metrics, OrderProperties properties) {
    this.requests = requests;
    this.metrics = metrics;
    this.properties = properties;
    this.queue = new ArrayBlockingQueue<>(properties.queue());
  }

  /**
   * Places an order together with whatever else arrives now. It is refused with {@link
   * OrderRefused.Overrun} if too many requests are waiting already, or this one waited too long.
   *
   * @throws org.springframework.dao.QueryTimeoutException if the transaction takes too long; the
   *     order may yet be placed
   */
  public Placement place(PlaceOrder request) {
    var pending = new PendingRequest(request);
    if (!isRunning() || !queue.offer(pending)) {
      return overrun();
    }
    return pending.await(properties.answerWithin());
  }

  private void gatherUntilStopped() {
    try {
      while (isRunning()) {
        take(gather());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    queue.forEach(pending -> pending.answer(overrun()));
  }

  private void take(List<PendingRequest> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      requests.take(batch);
    } catch (Error error) { // without this thread there would be no intake
      log.error("cannot take {} requests", batch.size(), error);
      batch.forEach(pending -> pending.fail(new IllegalStateException(error)));
    }
  }

  /** Waits for a request, and then a little for others; leaves out whom nobody waits for. */
  private List<PendingRequest> gather() throws InterruptedException {
    var batch = new ArrayList<PendingRequest>();
    batch.add(queue.take());
    long end = System.nanoTime() + properties.gatherFor().toNanos();
    while (batch.size() < properties.gather()) {
      var next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      batch.add(next);
      queue.drainTo(batch, properties.gather() - batch.size());
    }
    return batch.stream().filter(PendingRequest::begin).toList();
  }

  private Placement overrun() {
    var why = new OrderRefused.Overrun();
    metrics.refused(why);
    return new Refused(why);
  }

  @Override
  public void start() {
    gatherer = Thread.ofVirtual().name("intake").unstarted(this::gatherUntilStopped);
    gatherer.start();
  }

  @Override
  public void stop() {
    var running = gatherer;
    gatherer = null;
    if (running != null) {
      running.interrupt();
      join(running);
    }
  }

  private static void join(Thread running) {
    try {
      running.join(Duration.ofSeconds(5));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return gatherer != null;
  }

  /** Starts before the web server and stops after it. */
  @Override
  public int getPhase() {
    return 0;
  }
}
