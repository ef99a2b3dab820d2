package dev.mall.gateway.limits;

import dev.mall.gateway.limits.Rate.Decision;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.redisson.client.RedisException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts against rates: together with the other replicas while Redis answers, else alone. After a
 * failure Redis is left out for a while, so that requests do not wait for it one by one.
 */
final class Rates {

  private static final Logger log = LoggerFactory.getLogger(Rates.class);
  private static final long PAUSE = Duration.ofSeconds(5).toNanos();

  private final Optional<RedisRates> shared;
  private final LocalRates local;
  private final Counter alone;
  private final AtomicLong sharedAgainAt = new AtomicLong(System.nanoTime());

  Rates(Optional<RedisRates> shared, LocalRates local, MeterRegistry meters) {
    this.shared = shared;
    this.local = local;
    this.alone =
        Counter.builder("mall.gateway.rates.local")
            .description("Requests that one replica counted alone, because Redis did not answer")
            .register(meters);
  }

  Decision take(String key, Rate rate) {
    if (shared.isEmpty()) {
      return local.take(key, rate);
    }
    if (System.nanoTime() - sharedAgainAt.get() >= 0) {
      try {
        return shared.get().take(key, rate);
      } catch (RedisException unavailable) {
        sharedAgainAt.set(System.nanoTime() + PAUSE);
        log.warn(
            "Redis does not answer, each replica counts for itself: {}", unavailable.toString());
      }
    }
    alone.increment();
    return local.take(key, rate);
  }
}
