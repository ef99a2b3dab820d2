package dev.mall.order.intake;

import dev.mall.identifiers.IdsUnavailable;
import dev.mall.order.OrderMetrics;
import dev.mall.order.OrderProperties;
import dev.mall.order.OrderRefused;
import dev.mall.order.intake.Placement.Placed;
import dev.mall.order.intake.Placement.Refused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.PessimisticLockingFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;

/**
 * Gathers requests that arrive at about the same time into one transaction. One thread does it; the
 * requests wait for their answers, in bounded number and for a bounded time.
 */
@Component
public class Intake implements SmartLifecycle {

  private final PlaceOrders orders;
  private final Admission admission;
  private final OrderMetrics metrics;
  private final OrderProperties properties;
  private final BlockingQueue<PendingRequest> queue;
  private volatile @Nullable Thread gatherer;

  Intake(
      PlaceOrders orders, Admission admission, OrderMetrics metrics, OrderProperties properties) {
    this.orders = orders;
    this.admission = admission;
    this.metrics = metrics;
    this.properties = properties;
    this.queue = new ArrayBlockingQueue<>(properties.queue());
  }

  /**
   * Places an order together with whatever else arrives now.
   *
   * @throws OrderRefused.Overrun if too many requests are waiting already, or this one waited too
   *     long; nothing has happened
   * @throws org.springframework.dao.QueryTimeoutException if the transaction takes too long; the
   *     order may yet be placed
   */
  public Placement place(PlaceOrder request) {
    var pending = new PendingRequest(request);
    if (!isRunning() || !queue.offer(pending)) {
      return refused(new OrderRefused.Overrun());
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
    queue.forEach(pending -> pending.answer(refused(new OrderRefused.Overrun())));
  }

  /** Waits for a request, and then a little for others. */
  private List<PendingRequest> gather() throws InterruptedException {
    var batch = new ArrayList<PendingRequest>();
    batch.add(queue.take());
    long end = System.nanoTime() + properties.gatherFor().toNanos();
    while (batch.size() < properties.gather()) {
      queue.drainTo(batch, properties.gather() - batch.size());
      var next = queue.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (next == null) {
        break;
      }
      batch.add(next);
    }
    return batch.stream().limit(properties.gather()).filter(PendingRequest::begin).toList();
  }

  private void take(List<PendingRequest> batch) {
    if (batch.isEmpty()) {
      return;
    }
    try {
      answer(batch, orders.place(batch.stream().map(PendingRequest::request).toList()));
    } catch (RuntimeException failure) {
      if (batch.size() > 1 && oneIsToBlame(failure)) {
        batch.forEach(pending -> take(List.of(pending)));
      } else {
        batch.forEach(pending -> fail(pending, failure));
      }
    }
  }

  private void answer(List<PendingRequest> batch, List<Placement> placements) {
    int placed = (int) placements.stream().filter(Placed.class::isInstance).count();
    admission.admitted(placed);
    metrics.taken(batch.size(), placed);
    for (int i = 0; i < batch.size(); i++) {
      if (placements.get(i) instanceof Refused(var why)) {
        metrics.refused(why);
      }
      batch.get(i).answer(placements.get(i));
    }
  }

  private void fail(PendingRequest pending, RuntimeException failure) {
    if (failure instanceof PessimisticLockingFailureException && pending.request().key() != null) {
      pending.answer(refused(new OrderRefused.KeyBusy()));
    } else {
      pending.fail(failure);
    }
  }

  private Placement refused(OrderRefused why) {
    metrics.refused(why);
    return new Refused(why);
  }

  /** Unlike a database that is away, a key that is busy elsewhere need not hold up the others. */
  private static boolean oneIsToBlame(RuntimeException failure) {
    return switch (failure) {
      case PessimisticLockingFailureException _ -> true;
      case TransientDataAccessException _,
          DataAccessResourceFailureException _,
          NonTransientDataAccessResourceException _,
          RecoverableDataAccessException _,
          TransactionException _,
          IdsUnavailable _ ->
          false;
      default -> true;
    };
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
