package dev.mall.runtime;

import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A value for gauges that costs a query: read when a gauge asks for it, at most at a fixed interval
 * and for a bounded share of the time. While the database is unavailable the last value stays: NaN
 * in a metric would hide a growing backlog.
 */
public final class CachedGauge<T> {

  private static final Logger log = LoggerFactory.getLogger(CachedGauge.class);

  private final Sampling sampling;
  private final Supplier<T> query;
  private T last;

  /**
   * @param initial the value until the first query succeeds
   * @param interval shortest time between two queries
   */
  public CachedGauge(T initial, Duration interval, Supplier<T> query) {
    this.last = initial;
    this.sampling = new Sampling(interval);
    this.query = query;
  }

  public synchronized T value() {
    if (sampling.isDue()) {
      try {
        last = sampling.read(query);
      } catch (DataAccessException | TransactionException unavailable) {
        log.debug("A gauge keeps its last value", unavailable);
      }
    }
    return last;
  }
}
