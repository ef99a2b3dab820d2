package dev.mall.messaging.consumer;

import dev.mall.contracts.Message;
import dev.mall.messaging.envelope.DeadLetter;
import dev.mall.messaging.envelope.InboundMessage;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.springframework.kafka.listener.MessageListenerContainer;

/** Makes the consumers of a service. */
public interface Consumers {

  /**
   * A consumer that hands each poll to {@code work}: the messages of {@code types} (sealed families
   * included) in {@code topics}, in the order they came.
   *
   * <p>While {@code work} fails because of the environment (database down, privilege revoked, stale
   * write), the batch is retried with backoff, indefinitely; after a timeout with half as many
   * messages at once. If a message is to blame, every message of the batch is done alone, and what
   * still fails after some attempts becomes a dead letter, unless so many fail in the same way that
   * the cause must be elsewhere: then the consumer pauses and retries. Messages of other known
   * types are skipped.
   *
   * @param name names the consumer group, together with the service, and its metrics
   */
  <M extends Message> MessageListenerContainer messages(
      String name,
      Set<Class<? extends M>> types,
      List<String> topics,
      BatchWork<InboundMessage<M>> work);

  /**
   * The same for work that needs transactions of its own for every message: {@code work} is handed
   * one message at a time, so that a failure repeats none of those before it.
   */
  <M extends Message> MessageListenerContainer singleMessages(
      String name,
      Set<Class<? extends M>> types,
      List<String> topics,
      Consumer<InboundMessage<M>> work);

  /** The same for what any service gave up on out of {@code topics} (the original ones). */
  MessageListenerContainer deadLetters(
      String name, List<String> topics, BatchWork<DeadLetter> work);
}
