package dev.mall.saga.engine;

import dev.mall.contracts.Event;
import dev.mall.contracts.Reply;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Something that happened to one saga. */
public sealed interface Signal {

  /** The event that begins a saga came in, for the first time or again. */
  record Started(Event event, Cause cause) implements Signal {}

  /** An event calls the saga off. */
  record CalledOff(Event event, Cause cause) implements Signal {}

  /** A reply arrived. */
  record Replied(Reply reply, Cause cause) implements Signal {}

  /** No answer came in time, although every answer there is was read. */
  record DeadlinePassed() implements Signal {}

  /** No answer came in time, but none could have come, or it may lie there unread. */
  record DeadlineExcused() implements Signal {}

  /**
   * A service gave up on a message.
   *
   * @param messageId the message's own id, if it could be read
   * @param causationId what that message answered, if it could be read
   * @param type its type, if it could be read
   */
  record DeadLettered(
      @Nullable UUID messageId, @Nullable UUID causationId, @Nullable String type, String why)
      implements Signal {}

  /** The step that the saga is held at is no longer paused. */
  record Resumed() implements Signal {}

  /**
   * An operator decided.
   *
   * @param at where the operator believes the saga to be; if it is elsewhere nothing happens
   */
  record Decided(OperatorAction act, OperatorAction.Place at, String who, String why)
      implements Signal {}

  /**
   * The message behind a signal.
   *
   * @param traceparent W3C trace context of the work on it; null if it is not traced
   */
  record Cause(UUID messageId, @Nullable String traceparent) {}
}
