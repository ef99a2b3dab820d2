package dev.mall.messaging.idempotency;

import dev.mall.contracts.Command;
import dev.mall.contracts.Message;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import java.util.Optional;

/** Decides what is sent because a command was answered. Also called for repeated commands. */
@FunctionalInterface
public interface ReplyRoute {

  /** To the saga that sent the command. */
  ReplyRoute TO_SAGA =
      new ReplyRoute() {
        @Override
        public Optional<Reply> messageFor(InboundMessage<? extends Command> command, Reply reply) {
          return Optional.of(reply);
        }

        @Override
        public boolean isToSaga() {
          return true;
        }
      };

  /** To none: the sender of the command expects no reply. */
  ReplyRoute NONE = (_, _) -> Optional.empty();

  /** The message to send for {@code reply}; empty if none. */
  Optional<? extends Message> messageFor(InboundMessage<? extends Command> command, Reply reply);

  /** Whether the saga that sent the command gets every reply as it is, unread ones included. */
  default boolean isToSaga() {
    return false;
  }
}
