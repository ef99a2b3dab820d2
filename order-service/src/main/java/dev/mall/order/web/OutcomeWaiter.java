package dev.mall.order.web;

import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.order.OrderProperties;
import dev.mall.order.OrderState;
import dev.mall.order.settle.OrderStates;
import dev.mall.order.settle.OrdersSettled;
import dev.mall.order.settle.OrdersSettled.SettledOrder;
import dev.mall.runtime.BackgroundLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;
import org.springframework.transaction.event.TransactionalEventListener;

/**
 * Lets requests wait until their orders are final. Orders that this replica makes final are
 * answered by the commit, without a query. For those of other replicas one query serves all waiting
 * requests; it runs when a notification says that orders became final, and at intervals in case a
 * notification was lost.
 */
@Component
class OutcomeWaiter implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutcomeWaiter.class);
  private static final long POLL_MILLIS = 250;
  private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

  private final OrderStates states;
  private final CommitNotifications notifications;
  private final Semaphore places;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final Semaphore wakeUps = new Semaphore(0);
  private final BackgroundLoop loop = new BackgroundLoop("order-outcomes", this::poll);

  OutcomeWaiter(
      OrderStates states,
      CommitNotifications notifications,
      OrderProperties properties,
      MeterRegistry meters) {
    this.states = states;
    this.notifications = notifications;
    this.places = new Semaphore(properties.maxWaiting());
    notifications.subscribe(OrderStates.SETTLED_CHANNEL, wakeUps::release);
    Gauge.builder("mall.orders.waiting", waiters, Set::size)
        .description("Requests that wait for the outcome of their order")
        .register(meters);
  }

  /** A waiting request; no two are equal. */
  private static final class Waiter {
    final long orderId;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Waiter(long orderId) {
      this.orderId = orderId;
    }
  }

  /** The result of waiting. */
  sealed interface Answer {
    record Final(OrderState state) implements Answer {}

    record TimeIsUp() implements Answer {}

    /** The maximum number of requests wait already, or the service is stopping. */
    record NotWaited() implements Answer {}
  }

  /** Waits for an order to become final, in the calling thread. */
  Answer await(long orderId, Duration atMost) {
    if (!isRunning() || !places.tryAcquire()) {
      return new Answer.NotWaited();
    }
    var waiter = new Waiter(orderId);
    waiters.add(waiter);
    try {
      return isRunning() ? answer(waiter, atMost) : new Answer.NotWaited();
    } finally {
      waiters.remove(waiter);
      places.release();
    }
  }

  private static Answer answer(Waiter waiter, Duration atMost) {
    try {
      return waiter.answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return new Answer.TimeIsUp();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.NotWaited();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible); // never completed exceptionally
    }
  }

  /**
   * Answers those who wait here, in the committing thread. The other replicas are notified unless a
   * request waits here for each of the orders: a second one elsewhere is found by the poll.
   */
  @TransactionalEventListener
  void on(OrdersSettled settled) {
    var states =
        settled.orders().stream().collect(Collectors.toMap(SettledOrder::id, SettledOrder::state));
    var answered = answer(waiters, states);
    if (!answered.containsAll(states.keySet())) {
      notifications.notifyOthers(OrderStates.SETTLED_CHANNEL);
    }
  }

  private void poll() throws InterruptedException {
    if (wakeUps.tryAcquire(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
      wakeUps.drainPermits();
    }
    try {
      answerFinal(List.copyOf(waiters));
    } catch (RuntimeException failure) {
      log.warn("order states unavailable, retrying: {}", failure.toString());
    }
  }

  private void answerFinal(List<Waiter> waiting) {
    if (waiting.isEmpty()) {
      return;
    }
    answer(waiting, states.finalAmong(waiting.stream().map(w -> w.orderId).toList()));
  }

  /** Returns the orders for which a request waited. */
  private static Set<Long> answer(Collection<Waiter> waiting, Map<Long, OrderState> found) {
    var answered = new HashSet<Long>();
    for (var waiter : waiting) {
      var state = found.get(waiter.orderId);
      if (state != null) {
        waiter.answer.complete(new Answer.Final(state));
        answered.add(waiter.orderId);
      }
    }
    return answered;
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() {
    loop.stop(STOP_WITHIN, wakeUps::release);
    waiters.forEach(waiter -> waiter.answer.complete(new Answer.NotWaited()));
  }

  @Override
  public boolean isRunning() {
    return loop.isRunning();
  }

  /** Stops before the web server, which waits for the requests that wait here. */
  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE;
  }
}
