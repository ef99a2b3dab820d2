package dev.mall.gateway.limits;

import java.time.Duration;

/**
 * A limit of frequency: up to {@code burst} requests at once, in the long run one per {@code per}.
 * Generic cell rate algorithm, which stores one time per key: the one at which the key has its
 * whole burst again.
 *
 * @param burst above zero
 * @param per at least 1 ms
 * @see <a href="https://en.wikipedia.org/wiki/Generic_cell_rate_algorithm">the algorithm</a>
 */
public record Rate(int burst, Duration per) {

  public Rate {
    if (burst <= 0 || per.toMillis() < 1) {
      throw new IllegalArgumentException("burst must be above zero, and per at least 1 ms");
    }
  }

  /** The time after which an unused key has its whole burst again. */
  Duration recovery() {
    return per.multipliedBy(burst);
  }

  /**
   * The outcome of one request.
   *
   * @param remaining further requests that are allowed at once
   * @param resetMillis time until the whole burst is allowed again
   * @param retryMillis time until the next request is allowed; 0 if this one is
   */
  public record Decision(boolean allowed, int remaining, long resetMillis, long retryMillis) {}

  /** A decision, and the time that is stored for the key. */
  record Step(Decision decision, long recoveredAtMillis) {}

  /**
   * @param recoveredAtMillis as stored; any past time for an unknown key
   */
  Step take(long recoveredAtMillis, long nowMillis) {
    long from = Math.max(recoveredAtMillis, nowMillis);
    long next = from + per.toMillis();
    long earliest = next - recovery().toMillis();
    if (earliest > nowMillis) {
      return new Step(new Decision(false, 0, from - nowMillis, earliest - nowMillis), from);
    }
    int remaining = (int) ((nowMillis - earliest) / per.toMillis());
    return new Step(new Decision(true, remaining, next - nowMillis, 0), next);
  }
}
