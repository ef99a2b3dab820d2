package dev.mall.saga.engine;

import dev.mall.contracts.Message;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.saga.engine.Signal.CalledOff;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.Signal.DeadLettered;
import dev.mall.saga.engine.Signal.DeadlineExcused;
import dev.mall.saga.engine.Signal.DeadlinePassed;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Resumed;
import dev.mall.saga.engine.Signal.Started;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The message behind a signal, for the timeline and the headers of the next command. */
record Trigger(@Nullable String type, @Nullable UUID id, @Nullable String traceparent) {

  /** There was none: time passed, or an operator decided. */
  static final Trigger NOTHING = new Trigger(null, null, null);

  static Trigger in(Signal signal) {
    return switch (signal) {
      case Started(var event, var cause) -> of(event, cause);
      case CalledOff(var event, var cause) -> of(event, cause);
      case Replied(var reply, var cause) -> of(reply, cause);
      case DeadLettered letter -> new Trigger(letter.type(), letter.messageId(), null);
      case DeadlinePassed _, DeadlineExcused _, Resumed _, Decided _ -> NOTHING;
    };
  }

  private static Trigger of(Message message, Cause cause) {
    return new Trigger(
        MessageTypes.nameOf(message.getClass()), cause.messageId(), cause.traceparent());
  }
}
