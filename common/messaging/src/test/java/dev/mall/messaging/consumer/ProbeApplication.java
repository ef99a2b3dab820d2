package dev.mall.messaging.consumer;

import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.outbox.Outbox;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.listener.MessageListenerContainer;
import org.springframework.transaction.support.TransactionTemplate;

/** A service that stores what it receives and replies. */
@SpringBootApplication(proxyBeanMethods = false)
class ProbeApplication {

  static final long POISON = 666;

  static final AtomicInteger attempts = new AtomicInteger();

  /** The next attempts fail with these. */
  static final Queue<RuntimeException> failures = new ConcurrentLinkedQueue<>();

  /** Of a machine whose time is wrong, by more than the horizon. */
  @Bean
  Clock clock() {
    return Clock.offset(Clock.systemUTC(), Duration.ofDays(40));
  }

  @Bean
  MessageListenerContainer probe(
      Consumers consumers, JdbcClient jdbc, Outbox outbox, TransactionTemplate transaction) {
    return consumers.messages(
        "events",
        Set.of(OrderConfirmed.class, OrderCancelled.class),
        List.of(Topics.ORDER_EVENTS),
        (List<InboundMessage<OrderEvent>> batch) -> {
          attempts.incrementAndGet();
          var failure = failures.poll();
          if (failure != null) {
            throw failure;
          }
          transaction.executeWithoutResult(_ -> handle(batch, jdbc, outbox));
        });
  }

  private static void handle(
      List<InboundMessage<OrderEvent>> batch, JdbcClient jdbc, Outbox outbox) {
    for (var received : batch) {
      if (received.message().orderId() == POISON) {
        throw new IllegalStateException("this one is poison");
      }
      jdbc.sql("insert into handled values (:id, :order, :trace)")
          .param("id", received.id())
          .param("order", received.message().orderId())
          .param("trace", received.traceparent())
          .update();
    }
    outbox.append(
        batch.stream()
            .map(received ->
                OutboundMessage.inReplyTo(
                    received,
                    new CancelOrder(
                        new StepKey(received.message().orderId(), "cancel", 1),
                        CancelReason.OPERATOR)))
            .toList());
  }
}
