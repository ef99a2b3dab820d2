package dev.mall.saga.engine;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Command;
import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.saga.engine.SagaInstance.CurrentStep;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.TimelineEntry.What;
import dev.mall.saga.engine.definition.SagaDefinition;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/** A saga as a script: incoming signals, and the commands expected for them. */
public final class SagaScript<E extends Event> {

  public static final long ID = 4711;

  private final SagaDefinition<E> definition;
  private final List<OutboundMessage> sent = new ArrayList<>();
  private final Set<String> paused = new HashSet<>();
  private Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private Transition latest;

  private SagaScript(SagaDefinition<E> definition) {
    this.definition = definition;
  }

  public static <E extends Event> SagaScript<E> saga(SagaDefinition<E> definition) {
    return new SagaScript<>(definition);
  }

  public SagaScript<E> starts(E event) {
    return take(SagaEngine.start(definition, ID, new Signal.Started(event, cause()), conditions()));
  }

  public SagaScript<E> startsAgain(E event) {
    return receive(new Signal.Started(event, cause()));
  }

  /** A reply to what the saga waits for. */
  public SagaScript<E> on(Function<StepKey, ? extends Reply> reply) {
    return receive(new Signal.Replied(reply.apply(latest.saga().key()), cause()));
  }

  /** A reply to another step, or to another round of it. */
  public SagaScript<E> onLate(String step, int round, Function<StepKey, ? extends Reply> reply) {
    return receive(new Signal.Replied(reply.apply(new StepKey(ID, step, round)), cause()));
  }

  /** The deadline comes, and there is no answer. */
  public SagaScript<E> onDeadline() {
    now = deadline();
    return receive(new Signal.DeadlinePassed());
  }

  /** A timer that rings too early. */
  public SagaScript<E> justBeforeTheDeadline() {
    now = deadline().minusMillis(1);
    return receive(new Signal.DeadlinePassed());
  }

  /** The deadline comes while nothing can be known. */
  public SagaScript<E> onDeadlineInAnOutage() {
    now = deadline();
    return receive(new Signal.DeadlineExcused());
  }

  public SagaScript<E> pausing(String step) {
    paused.add(step);
    return this;
  }

  public SagaScript<E> resuming(String step) {
    paused.remove(step);
    return receive(new Signal.Resumed());
  }

  /** An event arrives that calls the saga off. */
  public SagaScript<E> onCallOff(Event event) {
    return receive(new Signal.CalledOff(event, cause()));
  }

  /** An operator acts, wherever the saga is. */
  public SagaScript<E> onAct(OperatorAction act) {
    return onAct(act, null, null);
  }

  public SagaScript<E> onAct(OperatorAction act, String step, Integer round) {
    return receive(
        new Signal.Decided(act, new OperatorAction.Place(step, round), "grace", "a test"));
  }

  public SagaScript<E> refuses(OperatorAction act, OperatorAction.Refusal why) {
    return refuses(act, null, null, why);
  }

  /** The rules say no, and so does the engine. */
  public SagaScript<E> refuses(
      OperatorAction act, String step, Integer round, OperatorAction.Refusal why) {
    var at = new OperatorAction.Place(step, round);
    assertThat(OperatorActionRules.refusal(definition, latest.saga(), act, at, paused))
        .contains(why);
    return onAct(act, step, round).nothingHappens();
  }

  /** The saga waits at a paused step, and no timer runs. */
  public SagaScript<E> isHeldAt(String step) {
    assertThat(latest.saga().isHeld()).isTrue();
    assertThat(latest.saga().current().step()).isEqualTo(step);
    assertThat(latest.saga().current().deadline()).isNull();
    return sendsNothing();
  }

  public SagaScript<E> onDeadLetterOfTheCommand() {
    return onDeadLetter(last().id(), null);
  }

  public SagaScript<E> onDeadLetterOfItsReply() {
    return onDeadLetter(UUID.randomUUID(), last().id());
  }

  public SagaScript<E> onDeadLetter(UUID id, UUID causationId) {
    return receive(new Signal.DeadLettered(id, causationId, "SomeMessage", "FAILED: test"));
  }

  public SagaScript<E> sends(Class<? extends Command> type) {
    return sends(type, _ -> {});
  }

  public <C extends Command> SagaScript<E> sends(Class<C> type, Consumer<C> asserting) {
    assertThat(latest.command()).describedAs("at %s", latest.saga().current()).isNotNull();
    assertThat(last().message()).isInstanceOf(type);
    asserting.accept(type.cast(last().message()));
    assertThat(((Command) last().message()).step()).isEqualTo(latest.saga().key());
    return this;
  }

  /** The same message as before, and no new one. */
  public SagaScript<E> sendsAgain(Class<? extends Command> type) {
    sends(type);
    assertThat(last().id()).isEqualTo(sent.get(sent.size() - 2).id());
    assertThat(last().message()).isEqualTo(sent.get(sent.size() - 2).message());
    return this;
  }

  public SagaScript<E> sendsNothing() {
    assertThat(latest.command()).isNull();
    return this;
  }

  public SagaScript<E> nothingHappens() {
    assertThat(latest.line()).isNull();
    return sendsNothing();
  }

  /** The story has it, and that is all. */
  public SagaScript<E> isOnlyRecorded(What what) {
    assertThat(requireNonNull(latest.line()).what()).isEqualTo(what);
    return sendsNothing();
  }

  public SagaScript<E> isParked() {
    assertThat(latest.saga().condition().parked()).isNotNull();
    assertThat(latest.saga().current().deadline()).isNull();
    return sendsNothing();
  }

  /** Whatever the script wants to know beyond its words. */
  public SagaScript<E> is(Consumer<SagaInstance> asserting) {
    asserting.accept(latest.saga());
    return this;
  }

  public SagaScript<E> ends(SagaState state) {
    assertThat(latest.saga().state()).isEqualTo(state);
    assertThat(latest.saga().current().deadline()).isNull();
    assertThat(latest.saga().condition()).isEqualTo(SagaInstance.Condition.NONE);
    return sendsNothing();
  }

  public Duration untilDeadline() {
    return Duration.between(now, deadline());
  }

  private EngineContext conditions() {
    return new EngineContext(now, paused);
  }

  private Instant deadline() {
    return requireNonNull(latest.saga().current().deadline());
  }

  private SagaScript<E> receive(Signal signal) {
    return take(SagaEngine.next(definition, latest.saga(), signal, conditions()));
  }

  private SagaScript<E> take(Transition transition) {
    assertNoDeadlineBeforeNow(transition.saga().current());
    latest = transition;
    if (transition.command() != null) {
      sent.add(transition.command());
    }
    if (transition.line() != null) {
      assertThat(transition.line().number()).isEqualTo(transition.saga().lines());
    }
    return this;
  }

  /** Timers count on it: what they look at begins shortly before the present. */
  private void assertNoDeadlineBeforeNow(CurrentStep asking) {
    boolean same = latest != null && asking.equals(latest.saga().current());
    if (!same && asking.deadline() != null) {
      assertThat(asking.deadline()).isAfterOrEqualTo(now);
    }
  }

  private OutboundMessage last() {
    return sent.getLast();
  }

  private static Cause cause() {
    return new Cause(UUID.randomUUID(), null);
  }
}
