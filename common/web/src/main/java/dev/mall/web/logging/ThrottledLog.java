package dev.mall.web.logging;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** Counts events that clients can cause at any rate, and logs them once a minute at most. */
public final class ThrottledLog {

  private static final long INTERVAL = Duration.ofMinutes(1).toNanos();

  private final AtomicLong sinceLogged = new AtomicLong();
  private final AtomicLong logAgainAt = new AtomicLong(System.nanoTime());

  /**
   * Counts an event.
   *
   * @param line logs the number of events since the last line; called once a minute at most
   */
  public void count(LongConsumer line) {
    sinceLogged.incrementAndGet();
    long due = logAgainAt.get();
    long now = System.nanoTime();
    if (now - due >= 0 && logAgainAt.compareAndSet(due, now + INTERVAL)) {
      line.accept(sinceLogged.getAndSet(0));
    }
  }
}
