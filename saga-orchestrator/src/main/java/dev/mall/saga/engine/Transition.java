package dev.mall.saga.engine;

import dev.mall.messaging.envelope.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The result of one signal.
 *
 * @param saga as it is now
 * @param command what to send, if anything
 * @param line what to write down; null if nothing happened that is worth telling
 */
public record Transition(
    SagaInstance saga, @Nullable OutboundMessage command, @Nullable TimelineEntry line) {

  static Transition none(SagaInstance saga) {
    return new Transition(saga, null, null);
  }
}
