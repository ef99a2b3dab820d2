package dev.mall.saga.engine;

import static dev.mall.saga.engine.SagaState.COMPENSATED;
import static dev.mall.saga.engine.SagaState.COMPENSATING;
import static dev.mall.saga.engine.SagaState.COMPLETED;
import static dev.mall.saga.engine.SagaState.RUNNING;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.saga.engine.SagaInstance.Condition;
import dev.mall.saga.engine.SagaInstance.CurrentStep;
import dev.mall.saga.engine.SagaInstance.Origin;
import dev.mall.saga.engine.SagaInstance.Parked;
import dev.mall.saga.engine.SagaInstance.Progress;
import dev.mall.saga.engine.Signal.CalledOff;
import dev.mall.saga.engine.Signal.DeadLettered;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Resumed;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.engine.TimelineEntry.What;
import dev.mall.saga.engine.definition.SagaDefinition;
import dev.mall.saga.engine.definition.Step;
import dev.mall.saga.engine.definition.Verdict.Advance;
import dev.mall.saga.engine.definition.Verdict.Contradict;
import dev.mall.saga.engine.definition.Verdict.Refuse;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides a saga's next transition. Pure: the same saga, signal and time give the same result.
 *
 * <p>Steps run one after another. Up to the pivot a refusal compensates the steps that were done or
 * may have been done, newest first. After the pivot's reply nothing is compensated; commands
 * without a reply are retried indefinitely, as are the pivot and the compensations. A saga that
 * cannot continue by itself is parked until a reply arrives.
 */
public final class SagaEngine<E extends Event> {

  private final SagaDefinition<E> definition;
  private final SagaInstance saga; // as it was when the signal came
  private final Trigger trigger;
  private final Instant now;
  private final Set<String> paused;

  private SagaEngine(
      SagaDefinition<E> definition, SagaInstance saga, Trigger trigger, EngineContext context) {
    this.definition = definition;
    this.saga = saga;
    this.trigger = trigger;
    this.now = context.now();
    this.paused = context.paused();
  }

  /** Begins a saga. */
  public static <E extends Event> Transition start(
      SagaDefinition<E> definition, long id, Started started, EngineContext context) {
    var trace = started.cause().traceparent();
    var origin = new Origin(id, definition.id(), started.event(), trace, context.now());
    var initial = SagaInstance.initial(origin, definition.steps().getFirst().name());
    return new SagaEngine<>(definition, initial, Trigger.in(started), context)
        .moveTo(definition.steps().getFirst(), initial, What.STARTED, null);
  }

  /** Goes on with a saga, or leaves it as it is. */
  public static <E extends Event> Transition next(
      SagaDefinition<E> definition, SagaInstance saga, Signal signal, EngineContext context) {
    return saga.state().isOpen()
        ? new SagaEngine<>(definition, saga, Trigger.in(signal), context).on(signal)
        : Transition.none(saga);
  }

  /** Parks a saga that cannot be gone on with. */
  public static <E extends Event> Transition park(
      SagaDefinition<E> definition, SagaInstance saga, String why, EngineContext context) {
    return new SagaEngine<>(definition, saga, Trigger.NOTHING, context).park(why);
  }

  /** The command whose answer a saga waits for. */
  public static <E extends Event> Command awaited(SagaDefinition<E> definition, SagaInstance saga) {
    var event = definition.startedBy().cast(saga.origin().event());
    return currentStep(definition, saga)
        .ask()
        .command(saga.key(), event, saga.progress().refusal());
  }

  private Transition on(Signal signal) {
    return switch (signal) {
      case Started _ -> nothing();
      case CalledOff(var event, _) -> calledOff(event);
      case Replied(var reply, _) -> saga.waitsFor(reply) ? answered(reply) : late(reply);
      case DeadlinePassed _ when paused.contains(saga.current().step()) -> excusedIfDue();
      case DeadlinePassed _ -> saga.isDue(now) ? unanswered() : nothing();
      case DeadlineExcused _ -> excusedIfDue();
      case DeadLettered letter -> saga.waitsFor(letter) ? park(letter.why()) : nothing();
      case Resumed _ -> saga.isHeld() && !isPaused(step()) ? resume() : nothing();
      case Decided decided -> mayBeDone(decided) ? carryOut(decided) : nothing();
    };
  }

  private boolean mayBeDone(Decided decided) {
    return OperatorActionRules.refusal(definition, saga, decided.act(), decided.at(), paused)
        .isEmpty();
  }

  /** Past the pivot it is too late. */
  private Transition calledOff(Event event) {
    var reason = definition.callOffReason(event);
    return reason.isEmpty() || !has(saga) || OperatorActionRules.compensate(step(), saga) != null
        ? nothing()
        : undo(What.WITHDRAWN, asFarAsAsked().refused(reason.get()), "called off");
  }

  private boolean has(SagaInstance at) {
    return SagaPath.of(definition, at).has(at.current().step());
  }

  private Transition carryOut(Decided decided) {
    var detail = "by %s: %s".formatted(decided.who(), decided.why());
    return switch (decided.act()) {
      case RETRY -> askInANewRound(detail);
      case COMPENSATE ->
          undo(What.CALLED_OFF, asFarAsAsked().refused(definition.cancelledByOperatorAs()), detail);
      case SETTLE -> advance(What.SETTLED, detail);
    };
  }

  /**
   * The earlier round may be done yet, after the new one was refused: the step is in doubt from now
   * on, and undone if it comes to that.
   */
  private Transition askInANewRound(String detail) {
    int round = saga.current().round() + 1;
    return send(
        saga.with(asFarAsAsked()).with(currentStep(step(), round), Condition.NONE),
        What.RETRIED,
        detail);
  }

  /** The progress, with the current step in doubt if it was sent and has a compensation. */
  private Progress asFarAsAsked() {
    return saga.isHeld() || step().compensatedBy() == null
        ? saga.progress()
        : saga.progress().inDoubt(step().name());
  }

  private Transition resume() {
    return send(
        saga.with(currentStep(step(), saga.current().round()), Condition.NONE), What.RESUMED, null);
  }

  private Transition answered(Reply reply) {
    return switch (definition.verdictOn(reply)) {
      case Advance _ -> advance(What.ANSWERED, null);
      case Refuse(var reason, var detail) when step().mayBeRefused() ->
          undo(What.REFUSED, saga.progress().refused(reason), detail);
      case Refuse(_, var detail) -> park("refused, which it must not be: " + detail);
      case Contradict(var why) -> park(why);
    };
  }

  private Transition late(Reply reply) {
    var step = reply.step();
    return saga.progress().inDoubt().contains(step.step())
        ? record(
            saga, What.ANSWERED_LATE, null, "%s, round %d".formatted(step.step(), step.round()))
        : nothing();
  }

  private Transition advance(What what, @Nullable String detail) {
    var moved = saga.state() == RUNNING ? saga.with(saga.progress().done(step().name())) : saga;
    return SagaPath.of(definition, moved)
        .after(moved.current().step())
        .map(next -> moveTo(next, moved, what, detail))
        .orElseGet(() -> end(moved, what, detail));
  }

  private Transition undo(What what, Progress progress, String detail) {
    var undoing = saga.with(progress).with(COMPENSATING);
    return moveTo(SagaPath.of(definition, undoing).first(), undoing, what, detail);
  }

  private Transition unanswered() {
    int attempts = saga.current().attempt();
    var patience = step().patience();
    if (patience == null || !step().exhausts(attempts)) {
      return send(saga.with(waiting(attempts + 1), Condition.OVERDUE), What.ASKED_AGAIN, null);
    }
    var progress = saga.progress().inDoubt(step().name()).refused(patience.reason());
    return undo(What.GIVEN_UP, progress, "no answer to %d attempts".formatted(attempts));
  }

  private Transition excusedIfDue() {
    return saga.isDue(now) ? excused() : nothing();
  }

  /** Restarts the wait: an outage uses up no attempt, and its end causes no burst of retries. */
  private Transition excused() {
    var waiting = waiting(saga.current().attempt());
    return new Transition(saga.with(waiting, Condition.OVERDUE), null, null);
  }

  private Transition park(String why) {
    if (saga.condition().parked() != null) {
      return nothing();
    }
    var parked = new Condition(saga.condition().overdue(), new Parked(now, why));
    return record(saga.with(saga.current().withoutDeadline(), parked), What.PARKED, null, why);
  }

  private Transition moveTo(Step<E> next, SagaInstance moved, What what, @Nullable String detail) {
    return isPaused(next)
        ? hold(next, moved, what, detail)
        : send(moved.with(currentStep(next, 1), Condition.NONE), what, detail);
  }

  private CurrentStep currentStep(Step<E> next, int round) {
    var wait = next.wait(new StepKey(saga.orderId(), next.name(), round), 1);
    return new CurrentStep(next.name(), round, 1, now, now.plus(wait));
  }

  /** Waits for the step to be resumed; no deadline is used up. */
  private Transition hold(Step<E> next, SagaInstance moved, What what, @Nullable String detail) {
    var held = moved.with(new CurrentStep(next.name(), 1, 0, now, null), Condition.NONE);
    var pause = next.name() + " is paused";
    return record(held, what, null, detail == null ? pause : detail + "; " + pause);
  }

  private boolean isPaused(Step<E> step) {
    return paused.contains(step.name());
  }

  private Transition end(SagaInstance moved, What what, @Nullable String detail) {
    var ended = moved.with(moved.state() == RUNNING ? COMPLETED : COMPENSATED);
    return record(
        ended.with(ended.current().withoutDeadline(), Condition.NONE), what, null, detail);
  }

  private Transition send(SagaInstance moved, What what, @Nullable String detail) {
    var command = awaited(definition, moved);
    var trace = trigger.traceparent() == null ? saga.origin().traceparent() : trigger.traceparent();
    return record(
        moved, what, new OutboundMessage(moved.commandId(), command, trigger.id(), trace), detail);
  }

  private Transition record(
      SagaInstance moved, What what, @Nullable OutboundMessage sent, @Nullable String detail) {
    var recorded = moved.withOneMoreLine();
    return new Transition(
        recorded, sent, TimelineEntry.of(saga, recorded, now, what, trigger, sent, detail));
  }

  private CurrentStep waiting(int attempt) {
    var step = saga.current();
    var wait = step().wait(saga.key(), attempt);
    return new CurrentStep(step.step(), step.round(), attempt, step.since(), now.plus(wait));
  }

  private Step<E> step() {
    return currentStep(definition, saga);
  }

  /** The step that a saga is at, with its commands and times. */
  static <E extends Event> Step<E> currentStep(SagaDefinition<E> definition, SagaInstance saga) {
    return SagaPath.of(definition, saga).step(saga.current().step());
  }

  private Transition nothing() {
    return Transition.none(saga);
  }
}
