package dev.mall.saga.engine;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.values.StepKey;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Something a saga asks for: a step forward, a compensation, or what follows the compensations.
 *
 * @param timeout how long the first attempt's answer may take
 * @param patience null for what is never given up
 * @param undoneBy its compensation; null for what is never undone
 */
record Step<E extends Event>(
    String name,
    Kind kind,
    Ask<E> ask,
    Duration timeout,
    RetryPolicy retry,
    @Nullable Patience patience,
    @Nullable Step<E> undoneBy) {

  enum Kind {
    /** May be refused, and undone later. */
    COMPENSATABLE,
    /** May be refused; once done, nothing is undone any more. */
    PIVOT,
    /** Cannot be refused: is asked for until it is done. */
    RETRIABLE
  }

  /** Makes a step's command. */
  @FunctionalInterface
  interface Ask<E> {
    Command command(StepKey key, E event, @Nullable String refusal);
  }

  /**
   * How long a step may go unanswered in all.
   *
   * @param reason why the saga fails after that
   */
  record Patience(Duration inAll, String reason) {}

  Step<E> undoneBy(Step<E> compensation) {
    return new Step<>(name, kind, ask, timeout, retry, patience, compensation);
  }

  Step<E> within(Duration timeout, RetryPolicy retry) {
    var undo = undoneBy == null ? null : undoneBy.within(timeout, retry);
    return new Step<>(name, kind, ask, timeout, retry, patience, undo);
  }

  Step<E> with(Patience patience) {
    return new Step<>(name, kind, ask, timeout, retry, patience, undoneBy);
  }

  /** The same with other times, as far as there are any for it or for its compensation. */
  Step<E> with(Map<String, StepTimes> times) {
    var own = times.getOrDefault(name, StepTimes.UNCHANGED);
    var timed = own.timeout() == null ? this : within(own.timeout(), retry);
    if (own.inDoubtAfter() != null && patience != null) {
      timed = timed.with(new Patience(own.inDoubtAfter(), patience.reason()));
    }
    return timed.undoneBy == null ? timed : timed.undoneBy(timed.undoneBy.with(times));
  }

  /** Its own and its compensation's. */
  Stream<String> names() {
    return Stream.concat(Stream.of(name), undoneBy == null ? Stream.empty() : undoneBy.names());
  }

  boolean mayBeRefused() {
    return kind != Kind.RETRIABLE;
  }

  /** Whether it is time to give up after so many unanswered attempts. */
  boolean exhausts(int attempts) {
    return patience != null
        && retry.waitedAfter(attempts, timeout).compareTo(patience.inAll()) >= 0;
  }

  /** How long to wait for the answer to one attempt; the same each time it is asked. */
  Duration wait(StepKey key, int attempt) {
    return retry.wait(timeout, attempt, CommandIds.dice(CommandIds.of(key), attempt));
  }
}
