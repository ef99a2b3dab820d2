package dev.mall.saga.engine.definition;

import java.time.Duration;
import java.util.stream.IntStream;

/**
 * How long to wait for the answer to each attempt: the step's timeout at first, then {@code growth}
 * times as long each time, at most {@code cap}, spread by {@code jitter} so that sagas that failed
 * together do not ask together.
 *
 * @param growth at least 1
 * @param cap longest wait; a timeout above it stands
 * @param jitter share of the wait by which it may be shorter or longer; 0 up to, not including, 1
 */
public record RetryPolicy(double growth, Duration cap, double jitter) {

  public RetryPolicy {
    if (!(growth >= 1) || !cap.isPositive() || !(jitter >= 0 && jitter < 1)) {
      throw new IllegalArgumentException(
          "growth %s, cap %s, jitter %s".formatted(growth, cap, jitter));
    }
  }

  /**
   * @param attempt counts from 1
   * @param dice in [0, 1): where in the spread this wait falls
   */
  Duration wait(Duration timeout, int attempt, double dice) {
    var nominal = nominal(timeout, attempt);
    return nominal.plusMillis(Math.round(nominal.toMillis() * jitter * (2 * dice - 1)));
  }

  /** How long a step was waited for in all, once {@code attempts} attempts went unanswered. */
  Duration waitedAfter(int attempts, Duration timeout) {
    return IntStream.rangeClosed(1, attempts)
        .mapToObj(attempt -> nominal(timeout, attempt))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private Duration nominal(Duration timeout, int attempt) {
    var longest = Math.max(cap.toMillis(), timeout.toMillis());
    return Duration.ofMillis(
        (long) Math.min((double) longest, timeout.toMillis() * Math.pow(growth, attempt - 1)));
  }
}
