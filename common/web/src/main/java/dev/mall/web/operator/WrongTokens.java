package dev.mall.web.operator;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts requests with a wrong operator token, and logs them once a minute at most. */
final class WrongTokens {

  private static final Logger log = LoggerFactory.getLogger(WrongTokens.class);
  private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

  private final Counter counter;
  private final AtomicLong sinceLogged = new AtomicLong();
  private final AtomicLong logAgainAt = new AtomicLong(System.nanoTime());

  WrongTokens(MeterRegistry meters) {
    this.counter =
        Counter.builder("mall.operator.wrong.tokens")
            .description("Requests with a wrong operator token")
            .register(meters);
  }

  void count() {
    counter.increment();
    sinceLogged.incrementAndGet();
    long due = logAgainAt.get();
    long now = System.nanoTime();
    if (now - due >= 0 && logAgainAt.compareAndSet(due, now + INTERVAL)) {
      log.warn("{} requests came with a wrong operator token", sinceLogged.getAndSet(0));
    }
  }
}
