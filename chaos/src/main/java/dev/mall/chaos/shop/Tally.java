package dev.mall.chaos.shop;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * What happened at the till over a while.
 *
 * @param accepted ids of the orders accepted
 * @param resent requests sent again, for want of an answer or on a whim
 * @param longestWait of a customer for an answer that was one
 * @param wrongs answers that should not have been given
 */
public record Tally(List<String> accepted, int resent, Duration longestWait, List<String> wrongs) {

  /** Both together. */
  public Tally and(Tally later) {
    return new Tally(
        Stream.concat(accepted.stream(), later.accepted.stream()).toList(),
        resent + later.resent,
        Collections.max(List.of(longestWait, later.longestWait)),
        Stream.concat(wrongs.stream(), later.wrongs.stream()).toList());
  }
}
