package dev.mall.messaging.envelope;

import dev.mall.contracts.Command;

/**
 * A stored reply that is sent again, in its stored form, because its command was delivered again.
 */
public record RepeatedReply(InboundMessage<? extends Command> cause, EncodedMessage reply) {

  /** The key of the reply's record. */
  public String key() {
    return cause.message().key();
  }
}
