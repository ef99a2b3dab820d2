package dev.mall.chaos.shop;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Requests and answers of customers in an interval, by {@link System#nanoTime}.
 *
 * @param accepted orders
 * @param resent when a request was sent again, after no answer or at random
 * @param waits of customers for an answer that was one
 * @param failures answers that should not have been given
 */
public record RequestStats(
    List<Accepted> accepted, List<Long> resent, List<Wait> waits, List<String> failures) {

  public static final RequestStats NOTHING =
      new RequestStats(List.of(), List.of(), List.of(), List.of());

  /** An order, and when it was accepted. */
  public record Accepted(String id, long at) {}

  /** From the first request to the answer. */
  public record Wait(long from, long until) {

    Duration time() {
      return Duration.ofNanos(until - from);
    }
  }

  /** Both together. */
  public RequestStats and(RequestStats later) {
    return new RequestStats(
        both(accepted, later.accepted),
        both(resent, later.resent),
        both(waits, later.waits),
        both(failures, later.failures));
  }

  /** The figures of an interval, with waits that began before it or ended after it. */
  public RequestStats within(long from, long until) {
    return new RequestStats(
        accepted.stream().filter(it -> it.at - from >= 0 && until - it.at >= 0).toList(),
        resent.stream().filter(at -> at - from >= 0 && until - at >= 0).toList(),
        waits.stream().filter(it -> it.until - from >= 0 && until - it.from >= 0).toList(),
        failures);
  }

  public Duration longestWait() {
    return waits.stream().map(Wait::time).max(Duration::compareTo).orElse(Duration.ZERO);
  }

  private static <T> List<T> both(List<T> earlier, List<T> later) {
    return new ArrayList<>(Stream.concat(earlier.stream(), later.stream()).toList());
  }
}
