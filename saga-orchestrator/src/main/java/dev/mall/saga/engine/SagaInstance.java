package dev.mall.saga.engine;

import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.saga.engine.Signal.DeadLettered;
import dev.mall.saga.engine.definition.CommandIds;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.engine.definition.SagaTurn;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The state of one saga. All times are the database's.
 *
 * @param current the step it waits for; of a saga that ended, the last one
 * @param lines how many lines its timeline has
 */
public record SagaInstance(
    Origin origin,
    SagaState state,
    CurrentStep current,
    Progress progress,
    Condition condition,
    int lines) {

  /**
   * The part that never changes.
   *
   * @param id of the saga; the order's follows from it ({@link SagaTurn})
   * @param event that started it; its commands are made of nothing else
   */
  public record Origin(
      long id,
      DefinitionId definition,
      Event event,
      @Nullable String traceparent,
      Instant startedAt) {}

  /**
   * @param attempt how often the same command was sent; 0 while the step is paused and nothing was
   * @param since when this step was asked for first
   * @param deadline when its answer is missed; null while nothing is waited for
   */
  public record CurrentStep(
      String step, int round, int attempt, Instant since, @Nullable Instant deadline) {

    CurrentStep withoutDeadline() {
      return new CurrentStep(step, round, attempt, since, null);
    }
  }

  /**
   * @param done forward steps that were answered well, oldest first
   * @param inDoubt forward steps of which a command is about, or was, whose answer is not known:
   *     given up, called off, or asked for again in a new round
   * @param refusal why the saga is undone; null while it is not
   */
  public record Progress(List<String> done, List<String> inDoubt, @Nullable String refusal) {

    public static final Progress NONE = new Progress(List.of(), List.of(), null);

    public Progress {
      done = List.copyOf(done);
      inDoubt = List.copyOf(inDoubt);
    }

    Progress done(String step) {
      return new Progress(and(done, step), without(inDoubt, step), refusal);
    }

    Progress inDoubt(String step) {
      return new Progress(done, and(without(inDoubt, step), step), refusal);
    }

    Progress refused(String reason) {
      return new Progress(done, inDoubt, reason);
    }

    private static List<String> without(List<String> steps, String step) {
      return steps.stream().filter(other -> !other.equals(step)).toList();
    }

    private static List<String> and(List<String> steps, String step) {
      return Stream.concat(steps.stream(), Stream.of(step)).toList();
    }
  }

  /**
   * @param overdue the current step's deadline has passed at least once
   * @param parked set while the saga cannot continue by itself
   */
  public record Condition(boolean overdue, @Nullable Parked parked) {
    public static final Condition NONE = new Condition(false, null);
    public static final Condition OVERDUE = new Condition(true, null);
  }

  public record Parked(Instant since, String why) {}

  /** A saga whose first step is still to be asked for. */
  static SagaInstance initial(Origin origin, String firstStep) {
    var current = new CurrentStep(firstStep, 1, 1, origin.startedAt(), null);
    return new SagaInstance(origin, SagaState.RUNNING, current, Progress.NONE, Condition.NONE, 0);
  }

  public long id() {
    return origin.id();
  }

  /** The order that the saga is about, which is the key of its messages. */
  public long orderId() {
    return SagaTurn.orderOf(id());
  }

  /** Names the request that the saga waits for. */
  public StepKey key() {
    return new StepKey(orderId(), current.step(), current.round());
  }

  /** The id of the command that the saga waits for, the same on every attempt. */
  public UUID commandId() {
    return CommandIds.of(key());
  }

  /** Whether its step is paused and was not asked for yet, in any round. */
  public boolean isHeld() {
    return state.isOpen() && current.attempt() == 0;
  }

  boolean waitsFor(Reply reply) {
    return reply.step().equals(key());
  }

  /** Whether the command that the saga waits for, or the answer to it, was given up. */
  boolean waitsFor(DeadLettered letter) {
    return commandId().equals(letter.messageId()) || commandId().equals(letter.causationId());
  }

  boolean isDue(Instant now) {
    return current.deadline() != null && !now.isBefore(current.deadline());
  }

  SagaInstance with(CurrentStep current, Condition condition) {
    return new SagaInstance(origin, state, current, progress, condition, lines);
  }

  SagaInstance with(SagaState state) {
    return new SagaInstance(origin, state, current, progress, condition, lines);
  }

  SagaInstance with(Progress progress) {
    return new SagaInstance(origin, state, current, progress, condition, lines);
  }

  SagaInstance withOneMoreLine() {
    return new SagaInstance(origin, state, current, progress, condition, lines + 1);
  }
}
