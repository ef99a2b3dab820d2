package dev.mall.testing.messages;

import dev.mall.contracts.Command;
import dev.mall.contracts.Message;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionTemplate;

/** Commands as a service receives them, directly or through Kafka. */
public final class SentCommands {

  private static final int TRANSACTION_SIZE = 25;

  private SentCommands() {}

  /** Wraps a message as if it had been read from its topic. */
  public static <M extends Message> InboundMessage<M> received(M message) {
    return new InboundMessage<>(UUID.randomUUID(), message, null, null, Instant.now());
  }

  /** Sends commands through the outbox of {@code service}, several to a transaction. */
  public static void send(ApplicationContext service, List<? extends Command> commands) {
    var outbox = service.getBean(Outbox.class);
    var transaction = service.getBean(TransactionTemplate.class);
    for (int i = 0; i < commands.size(); i += TRANSACTION_SIZE) {
      var some = commands.subList(i, Math.min(commands.size(), i + TRANSACTION_SIZE));
      transaction.executeWithoutResult(_ ->
          outbox.append(
              some.stream()
                  .map(command -> new OutboundMessage(UUID.randomUUID(), command, null, null))
                  .toList()));
    }
  }

  /** Returns how many batches a consumer of {@code service} has handled. */
  public static long batches(ApplicationContext service, String consumer) {
    return service
        .getBean(MeterRegistry.class)
        .get("mall.consumer.batch")
        .tag("consumer", consumer)
        .summary()
        .count();
  }
}
