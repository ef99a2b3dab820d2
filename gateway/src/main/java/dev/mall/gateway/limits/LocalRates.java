package dev.mall.gateway.limits;

import dev.mall.gateway.limits.Rate.Decision;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Rates of this replica alone. Of too many keys, those that were used longest ago are forgotten.
 */
final class LocalRates {

  private static final int MOST_KEYS = 100_000;

  private final LongSupplier elapsedMillis;
  private final Map<String, Long> recoveredAt =
      new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > MOST_KEYS;
        }
      };

  /**
   * @param elapsedMillis time that no change of the clock moves; may be negative
   */
  LocalRates(LongSupplier elapsedMillis) {
    this.elapsedMillis = elapsedMillis;
  }

  synchronized Decision take(String key, Rate rate) {
    long now = elapsedMillis.getAsLong();
    var step = rate.take(recoveredAt.getOrDefault(key, now), now);
    recoveredAt.put(key, step.recoveredAtMillis());
    return step.decision();
  }
}
