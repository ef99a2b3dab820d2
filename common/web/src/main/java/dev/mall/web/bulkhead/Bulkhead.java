package dev.mall.web.bulkhead;

import dev.mall.web.problem.OverrunException;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Admits a bounded number of web requests to the database, and lets a bounded number wait. */
final class Bulkhead implements MeterBinder {

  private final BulkheadProperties properties;
  private final Semaphore permits;
  private final LongAdder shed = new LongAdder();

  Bulkhead(BulkheadProperties properties) {
    this.properties = properties;
    this.permits = new Semaphore(properties.atMost(), true);
  }

  /**
   * Waits for a permit, which the caller gives back by {@link #leave}.
   *
   * @throws OverrunException if too many wait already, or none was free in time
   */
  void enter() throws OverrunException {
    if (!permits.tryAcquire() && !waited()) {
      shed.increment();
      throw new OverrunException();
    }
  }

  private boolean waited() {
    if (permits.getQueueLength() >= properties.waiting()) {
      return false;
    }
    try {
      return permits.tryAcquire(properties.waitAtMost().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  void leave() {
    permits.release();
  }

  @Override
  public void bindTo(MeterRegistry meters) {
    FunctionCounter.builder("mall.web.shed", shed, LongAdder::sum)
        .description("Requests answered 503 because too many waited for a database connection")
        .register(meters);
    Gauge.builder("mall.web.connections.waiting", permits, Semaphore::getQueueLength)
        .description("Requests that wait for a database connection")
        .register(meters);
  }
}
