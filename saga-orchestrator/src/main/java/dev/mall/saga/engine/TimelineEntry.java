package dev.mall.saga.engine;

import dev.mall.contracts.wire.MessageTypes;
import dev.mall.messaging.envelope.OutboundMessage;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One transition of a saga: a row of its timeline.
 *
 * @param number counts from 1 per saga
 * @param state of the saga after the transition
 * @param step what the saga was waiting for when it happened, and which round and attempt of it
 * @param received type of the incoming message; null if time passed or an operator acted
 * @param sent type of the command that was sent, if one was
 * @param deadline until when its answer is waited for
 * @param detail for people
 */
public record TimelineEntry(
    int number,
    Instant at,
    What what,
    SagaState state,
    String step,
    int round,
    int attempt,
    @Nullable String received,
    @Nullable UUID receivedId,
    @Nullable String sent,
    @Nullable UUID sentId,
    @Nullable Instant deadline,
    @Nullable String detail) {

  /** The kinds of transition. */
  public enum What {
    STARTED,
    /** The step was done. */
    ANSWERED,
    /** The step said no; what was done before is undone. */
    REFUSED,
    /** No answer came in time; the command was sent again. */
    ASKED_AGAIN,
    /** No answer came for so long that the step is undone as if it had been done. */
    GIVEN_UP,
    /** An answer came after all to a step, or round, that was in doubt; nothing follows from it. */
    ANSWERED_LATE,
    /** The saga cannot continue by itself. */
    PARKED,
    /** The step was paused and no longer is; its command was sent. */
    RESUMED,
    /** An operator opened a new round of the step. */
    RETRIED,
    /** An operator called the saga off. */
    CALLED_OFF,
    /** An event called the saga off before its pivot. */
    WITHDRAWN,
    /** An operator did the step by hand. */
    SETTLED
  }

  /** The transition from {@code before} to {@code after}. */
  static TimelineEntry of(
      SagaInstance before,
      SagaInstance after,
      Instant now,
      What what,
      Trigger trigger,
      @Nullable OutboundMessage sent,
      @Nullable String detail) {
    var then = before.current();
    return new TimelineEntry(
        after.lines(),
        now,
        what,
        after.state(),
        then.step(),
        then.round(),
        then.attempt(),
        trigger.type(),
        trigger.id(),
        sent == null ? null : MessageTypes.nameOf(sent.message().getClass()),
        sent == null ? null : sent.id(),
        after.current().deadline(),
        detail);
  }
}
