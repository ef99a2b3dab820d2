package dev.mall.messaging.consumer;

import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.InboundMessage;
import java.util.List;

/**
 * Handles the messages of one poll.
 *
 * @param <T> {@link InboundMessage} messages, or {@link DeadLetter}s
 */
@FunctionalInterface
public interface BatchWork<T> {

  /**
   * Handles all of {@code batch} in one transaction of its own, or throws and leaves nothing done.
   * It is called again with the same messages after a failure of the environment, with fewer of
   * them after a timeout, with each of them alone after a failure that a message caused, and with
   * any of them after a crash or a rebalance.
   *
   * @param batch in the order they came; never empty; may hold the same message twice
   */
  void handle(List<T> batch);
}
