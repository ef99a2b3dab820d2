package dev.mall.saga.engine.definition;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.definition.Step.Kind;
import dev.mall.saga.engine.definition.Step.Patience;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Defines a saga from top to bottom. {@link #within} and {@link #giveUpAfter} speak of the step
 * just named and of its compensation.
 */
public final class SagaBuilder<E extends Event> {

  private final DefinitionId id;
  private final Class<E> startedBy;
  private @Nullable Enum<?> variant;
  private final Function<Reply, Verdict> verdict;
  private final List<Step<E>> steps = new ArrayList<>();
  private final List<Step<E>> afterCompensation = new ArrayList<>();
  private List<Step<E>> latest = steps;
  private CallOff callOff = new CallOff("CALLED_OFF", null, "CALLED_OFF");
  private Duration timeout = Duration.ofSeconds(10);
  private RetryPolicy retry = new RetryPolicy(2, Duration.ofMinutes(1), 0.2);

  SagaBuilder(DefinitionId id, Class<E> startedBy, Function<Reply, Verdict> verdict) {
    this.id = id;
    this.startedBy = startedBy;
    this.verdict = verdict;
  }

  /** Makes a command from what the saga is about. */
  @FunctionalInterface
  public interface Ask<E> {
    Command command(StepKey key, E event);
  }

  /** Makes a command that may contain the reason why the saga failed. */
  @FunctionalInterface
  public interface CommandWithReason<E> {
    Command command(StepKey key, E event, String refusal);
  }

  /** The rest of a compensatable step. */
  @FunctionalInterface
  public interface Undo<E extends Event> {

    /** The compensation, which must be safe if the step was never done. */
    SagaBuilder<E> compensatedBy(String name, Ask<E> ask);
  }

  /** A step that may be refused, and undone later. */
  public Undo<E> compensatable(String name, Ask<E> ask) {
    return (undo, undoing) -> {
      var compensation = step(undo, Kind.RETRIABLE, silent(undoing));
      return add(steps, step(name, Kind.COMPENSATABLE, silent(ask)).compensatedBy(compensation));
    };
  }

  /** The last step that may be refused; once it is done nothing is undone any more. */
  public SagaBuilder<E> pivot(String name, Ask<E> ask) {
    return add(steps, step(name, Kind.PIVOT, silent(ask)));
  }

  /** A step that knows no refusal: it is asked for until it is done. */
  public SagaBuilder<E> retriable(String name, Ask<E> ask) {
    return add(steps, step(name, Kind.RETRIABLE, silent(ask)));
  }

  /** A step that follows all compensations; it cannot be refused. */
  public SagaBuilder<E> afterCompensation(String name, CommandWithReason<E> ask) {
    return add(afterCompensation, step(name, Kind.RETRIABLE, telling(ask)));
  }

  /** Starts the saga only by events of this {@link Event#variant()}. */
  public SagaBuilder<E> startedOnlyBy(Enum<?> variant) {
    this.variant = variant;
    return this;
  }

  /** Why the saga fails when an operator calls it off. */
  public SagaBuilder<E> cancelledByOperatorAs(Enum<?> reason) {
    callOff = new CallOff(reason.name(), callOff.event(), callOff.byEvent());
    return this;
  }

  /**
   * The event that calls the saga off, as long as its pivot was not asked for, and why it fails
   * then. It is about the same order as the event that starts the saga.
   */
  public SagaBuilder<E> calledOffBy(Class<? extends Event> event, Enum<?> reason) {
    callOff = new CallOff(callOff.byOperator(), event, reason.name());
    return this;
  }

  /** How the steps that follow are waited for, unless they say so themselves. */
  public SagaBuilder<E> defaultTimeout(Duration timeout, RetryPolicy retry) {
    this.timeout = timeout;
    this.retry = retry;
    return this;
  }

  /** The timeout of the first attempt, and the backoff of the others. */
  public SagaBuilder<E> within(Duration timeout, RetryPolicy retry) {
    return change(step -> step.within(timeout, retry));
  }

  /**
   * How long a compensatable step may go unanswered in all before it is undone as if it had been
   * done, and the saga fails for {@code reason}. Only time in which an answer could have come
   * counts.
   */
  public SagaBuilder<E> giveUpAfter(Duration inAll, Enum<?> reason) {
    return change(step -> step.with(new Patience(inAll, reason.name())));
  }

  public SagaDefinition<E> build() {
    return build(Map.of());
  }

  /**
   * @param times other times than those given here, by the name of the step or compensation; a
   *     step's are its compensation's too, unless that has some of its own
   */
  public SagaDefinition<E> build(Map<String, StepTimes> times) {
    var unknown = new HashSet<>(times.keySet());
    for (var list : List.of(steps, afterCompensation)) {
      list.stream().flatMap(Step::names).forEach(unknown::remove);
      list.replaceAll(step -> step.with(times));
    }
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException("%s has no steps %s".formatted(id, unknown));
    }
    return new SagaDefinition<>(
        id, new StartEvent<>(startedBy, variant), verdict, steps, afterCompensation, callOff);
  }

  private Step<E> step(String name, Kind kind, Step.Ask<E> ask) {
    return new Step<>(name, kind, ask, timeout, retry, null, null);
  }

  private SagaBuilder<E> add(List<Step<E>> list, Step<E> step) {
    list.add(step);
    latest = list;
    return this;
  }

  private SagaBuilder<E> change(UnaryOperator<Step<E>> how) {
    latest.set(latest.size() - 1, how.apply(latest.getLast()));
    return this;
  }

  private static <E extends Event> Step.Ask<E> silent(Ask<E> ask) {
    return (key, event, _) -> ask.command(key, event);
  }

  private static <E extends Event> Step.Ask<E> telling(CommandWithReason<E> ask) {
    return (key, event, refusal) -> {
      if (refusal == null) {
        throw new IllegalStateException("%s without a reason".formatted(key));
      }
      return ask.command(key, event, refusal);
    };
  }
}
