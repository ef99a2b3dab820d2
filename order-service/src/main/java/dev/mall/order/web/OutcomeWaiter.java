package dev.mall.order.web;

import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.order.OrderProperties;
import dev.mall.order.OrderState;
import dev.mall.order.query.FindOrders;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets requests wait until their orders are final. One query serves all who wait; it runs when a
 * commit says that orders became final, and now and then in case that was missed.
 */
@Component
class OutcomeWaiter implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(OutcomeWaiter.class);
  private static final long LOOK_ANYWAY_MILLIS = 250;

  private final FindOrders find;
  private final Semaphore places;
  private final Set<Waiter> waiters = ConcurrentHashMap.newKeySet();
  private final Semaphore wakeUps = new Semaphore(0);
  private volatile @Nullable Thread looking;

  OutcomeWaiter(
      FindOrders find,
      CommitNotifications signals,
      OrderProperties properties,
      MeterRegistry meters) {
    this.find = find;
    this.places = new Semaphore(properties.maxWaiting());
    signals.subscribe(FindOrders.SETTLED_CHANNEL, wakeUps::release);
    Gauge.builder("mall.orders.waiting", waiters, Set::size)
        .description("Requests that wait for the outcome of their order")
        .register(meters);
  }

  /** Somebody who waits; no two are equal. */
  private static final class Waiter {
    final long orderId;
    final CompletableFuture<Answer> answer = new CompletableFuture<>();

    Waiter(long orderId) {
      this.orderId = orderId;
    }
  }

  /** What came of waiting. */
  sealed interface Answer {
    record Final(OrderState state) implements Answer {}

    record TimeIsUp() implements Answer {}

    /** As many wait as may wait, or the service is stopping. */
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
      return waiter.answer.get(atMost.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      return new Answer.TimeIsUp();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Answer.NotWaited();
    } catch (ExecutionException impossible) {
      throw new IllegalStateException(impossible); // nobody completes it so
    } finally {
      waiters.remove(waiter);
      places.release();
    }
  }

  private void lookUntilStopped() {
    while (isRunning()) {
      try {
        if (wakeUps.tryAcquire(LOOK_ANYWAY_MILLIS, TimeUnit.MILLISECONDS)) {
          wakeUps.drainPermits();
        }
        look();
      } catch (InterruptedException _) {
        return;
      } catch (RuntimeException failure) {
        log.warn("cannot see what became of orders: {}", failure.toString());
      }
    }
  }

  private void look() {
    var waiting = List.copyOf(waiters);
    if (waiting.isEmpty()) {
      return;
    }
    var found = find.finalAmong(waiting.stream().map(w -> w.orderId).distinct().toList());
    for (var waiter : waiting) {
      var state = found.get(waiter.orderId);
      if (state != null) {
        waiter.answer.complete(new Answer.Final(state));
      }
    }
  }

  @Override
  public void start() {
    looking = Thread.ofVirtual().name("outcomes").unstarted(this::lookUntilStopped);
    looking.start();
  }

  @Override
  public void stop() {
    var running = looking;
    looking = null;
    if (running != null) {
      running.interrupt();
    }
    waiters.forEach(waiter -> waiter.answer.complete(new Answer.NotWaited()));
  }

  @Override
  public boolean isRunning() {
    return looking != null;
  }

  /** Stops before the web server, which waits for the requests that wait here. */
  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE;
  }
}
