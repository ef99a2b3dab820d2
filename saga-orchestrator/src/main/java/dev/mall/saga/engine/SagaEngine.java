package dev.mall.saga.engine;

import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPENSATING;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.contracts.StepKey;
import dev.mall.messaging.Outgoing;
import dev.mall.saga.engine.SagaInstance.Asking;
import dev.mall.saga.engine.SagaInstance.Origin;
import dev.mall.saga.engine.SagaInstance.Parked;
import dev.mall.saga.engine.SagaInstance.Progress;
import dev.mall.saga.engine.SagaInstance.Trouble;
import dev.mall.saga.engine.Signal.DeadLettered;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.engine.TimelineLine.What;
import dev.mall.saga.engine.Verdict.Advance;
import dev.mall.saga.engine.Verdict.Contradict;
import dev.mall.saga.engine.Verdict.Refuse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a saga does next. Pure: the same saga, signal and time give the same transition.
 *
 * <p>Steps run one after another. Up to the pivot a refusal undoes what was done or may have been
 * done, newest first. From the pivot's answer on nothing is undone; what does not answer is asked
 * again for ever, as is the pivot itself and whatever undoes. What cannot go on by itself is parked
 * until an answer comes after all.
 */
public final class SagaEngine<E extends Event> {

  private final SagaDefinition<E> definition;
  private final SagaInstance saga; // as it was when the signal came
  private final Heard heard;
  private final Instant now;

  private SagaEngine(SagaDefinition<E> definition, SagaInstance saga, Heard heard, Instant now) {
    this.definition = definition;
    this.saga = saga;
    this.heard = heard;
    this.now = now;
  }

  /**
   * Begins a saga.
   *
   * @param now the database's clock
   */
  public static <E extends Event> Transition start(
      SagaDefinition<E> definition, long id, Started started, Instant now) {
    var trace = started.cause().traceparent();
    var origin = new Origin(id, definition.id(), started.event(), trace, now);
    var unborn = SagaInstance.unborn(origin, definition.first().name());
    return new SagaEngine<>(definition, unborn, Heard.in(started), now)
        .ask(definition.first(), unborn, What.STARTED, null);
  }

  /**
   * Goes on with a saga, or leaves it as it is.
   *
   * @param now the database's clock
   */
  public static <E extends Event> Transition next(
      SagaDefinition<E> definition, SagaInstance saga, Signal signal, Instant now) {
    return saga.state().isOpen()
        ? new SagaEngine<>(definition, saga, Heard.in(signal), now).on(signal)
        : Transition.none(saga);
  }

  /**
   * Parks a saga that cannot be gone on with.
   *
   * @param now the database's clock
   */
  public static <E extends Event> Transition park(
      SagaDefinition<E> definition, SagaInstance saga, String why, Instant now) {
    return new SagaEngine<>(definition, saga, Heard.NOTHING, now).park(why);
  }

  /** The command whose answer a saga waits for. */
  public static <E extends Event> Command awaited(SagaDefinition<E> definition, SagaInstance saga) {
    var event = definition.startedBy().cast(saga.origin().event());
    return definition.current(saga).ask().command(saga.key(), event, saga.progress().refusal());
  }

  private Transition on(Signal signal) {
    return switch (signal) {
      case Started _ -> nothing();
      case Replied(var reply, _) -> saga.waitsFor(reply) ? answered(reply) : nothing();
      case DeadlinePassed _ -> saga.isDue(now) ? unanswered() : nothing();
      case DeadlineExcused _ -> saga.isDue(now) ? excused() : nothing();
      case DeadLettered letter -> saga.waitsFor(letter) ? park(letter.why()) : nothing();
    };
  }

  private Transition answered(Reply reply) {
    return switch (definition.verdictOn(reply)) {
      case Advance _ -> advance();
      case Refuse(var reason, var detail) when step().mayBeRefused() ->
          undo(What.REFUSED, saga.progress().refused(reason), detail);
      case Refuse(_, var detail) -> park("refused, which it must not be: " + detail);
      case Contradict(var why) -> park(why);
    };
  }

  private Transition advance() {
    var moved = saga.state() == RUNNING ? saga.with(saga.progress().done(step().name())) : saga;
    return definition
        .afterCurrent(moved)
        .map(next -> ask(next, moved, What.ANSWERED, null))
        .orElseGet(() -> end(moved));
  }

  private Transition undo(What what, Progress progress, String detail) {
    var undoing = saga.with(progress).with(COMPENSATING);
    return ask(definition.way(undoing).getFirst(), undoing, what, detail);
  }

  private Transition unanswered() {
    int attempts = saga.asking().attempt();
    var patience = step().patience();
    if (patience == null || !step().exhausts(attempts)) {
      return say(saga.with(waiting(attempts + 1), Trouble.OVERDUE), What.ASKED_AGAIN, null);
    }
    var progress = saga.progress().inDoubt(step().name()).refused(patience.reason());
    return undo(What.GIVEN_UP, progress, "no answer to %d attempts".formatted(attempts));
  }

  /** As if asked only now: an outage uses up no attempt, and brings no storm when it ends. */
  private Transition excused() {
    var waiting = waiting(saga.asking().attempt());
    return new Transition(saga.with(waiting, Trouble.OVERDUE), null, null);
  }

  private Transition park(String why) {
    if (saga.trouble().parked() != null) {
      return nothing();
    }
    var parked = new Trouble(saga.trouble().overdue(), new Parked(now, why));
    return tell(saga.with(saga.asking().unhurried(), parked), What.PARKED, null, why);
  }

  private Transition ask(Step<E> next, SagaInstance moved, What what, @Nullable String detail) {
    var wait = next.wait(new StepKey(saga.id(), next.name(), 1), 1);
    var asking = new Asking(next.name(), 1, 1, now, now.plus(wait));
    return say(moved.with(asking, Trouble.NONE), what, detail);
  }

  private Transition end(SagaInstance moved) {
    var ended = moved.with(moved.state() == RUNNING ? COMPLETED : COMPENSATED);
    return tell(ended.with(ended.asking().unhurried(), Trouble.NONE), What.ANSWERED, null, null);
  }

  private Transition say(SagaInstance moved, What what, @Nullable String detail) {
    var command = awaited(definition, moved);
    var trace = heard.traceparent() == null ? saga.origin().traceparent() : heard.traceparent();
    return tell(moved, what, new Outgoing(moved.commandId(), command, heard.id(), trace), detail);
  }

  private Transition tell(
      SagaInstance moved, What what, @Nullable Outgoing said, @Nullable String detail) {
    var told = moved.withOneMoreLine();
    return new Transition(told, said, TimelineLine.of(saga, told, now, what, heard, said, detail));
  }

  private Asking waiting(int attempt) {
    var asking = saga.asking();
    var wait = step().wait(saga.key(), attempt);
    return new Asking(asking.step(), asking.round(), attempt, asking.since(), now.plus(wait));
  }

  private Step<E> step() {
    return definition.current(saga);
  }

  private Transition nothing() {
    return Transition.none(saga);
  }
}
