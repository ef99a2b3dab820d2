package dev.mall.saga.engine.definition;

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
 * @param compensatedBy its compensation; null for what is never undone
 */
public record Step<E extends Event>(
    String name,
    Kind kind,
    Ask<E> ask,
    Duration timeout,
    RetryPolicy retry,
    @Nullable Patience patience,
    @Nullable Step<E> compensatedBy) {

  public enum Kind {
    /** May be refused, and undone later. */
    COMPENSATABLE,
    /** May be refused; once done, nothing is undone any more. */
    PIVOT,
    /** Cannot be refused: is asked for until it is done. */
    RETRIABLE
  }

  /** Makes a step's command. */
  @FunctionalInterface
  public interface Ask<E> {
    Command command(StepKey key, E event, @Nullable String refusal);
  }

  /**
   * How long a step may go unanswered in all.
   *
   * @param reason why the saga fails after that
   */
  public record Patience(Duration inAll, String reason) {}

  Step<E> compensatedBy(Step<E> compensation) {
    return new Step<>(name, kind, ask, timeout, retry, patience, compensation);
  }

  Step<E> within(Duration timeout, RetryPolicy retry) {
    var undo = compensatedBy == null ? null : compensatedBy.within(timeout, retry);
    return new Step<>(name, kind, ask, timeout, retry, patience, undo);
  }

  Step<E> with(Patience patience) {
    return new Step<>(name, kind, ask, timeout, retry, patience, compensatedBy);
  }

  /** The same with the times that are given for it or for its compensation. */
  Step<E> with(Map<String, StepTimes> times) {
    var own = times.getOrDefault(name, StepTimes.UNCHANGED);
    var timed = own.timeout() == null ? this : within(own.timeout(), retry);
    if (own.inDoubtAfter() != null && patience != null) {
      timed = timed.with(new Patience(own.inDoubtAfter(), patience.reason()));
    }
    return timed.compensatedBy == null
        ? timed
        : timed.compensatedBy(timed.compensatedBy.with(times));
  }

  /** Its own and its compensation's. */
  Stream<String> names() {
    return Stream.concat(
        Stream.of(name), compensatedBy == null ? Stream.empty() : compensatedBy.names());
  }

  public boolean mayBeRefused() {
    return kind != Kind.RETRIABLE;
  }

  /** Whether it is time to give up after so many unanswered attempts. */
  public boolean exhausts(int attempts) {
    return patience != null
        && retry.waitedAfter(attempts, timeout).compareTo(patience.inAll()) >= 0;
  }

  /** How long to wait for the answer to one attempt; the same each time it is asked. */
  public Duration wait(StepKey key, int attempt) {
    return retry.wait(timeout, attempt, CommandIds.dice(CommandIds.of(key), attempt));
  }
}
