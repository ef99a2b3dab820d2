package dev.mall.order.choreography;

import dev.mall.contracts.Event;
import dev.mall.contracts.OrderEvent.CheckoutEnded;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.idempotency.EventBatch;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.order.Order;
import dev.mall.order.query.FindOrders;
import dev.mall.order.settle.SettleOrders;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Settles orders by events, and announces their ends for the notification of their customers. A
 * repeated event announces the end again.
 */
@Service
public class SettleByEvents {

  private static final Logger log = LoggerFactory.getLogger(SettleByEvents.class);

  private final SettleOrders settlement;
  private final FindOrders find;
  private final Outbox outbox;

  SettleByEvents(SettleOrders settlement, FindOrders find, Outbox outbox) {
    this.settlement = settlement;
    this.find = find;
    this.outbox = outbox;
  }

  /** Handles a batch in its order, in one transaction; if it throws, nothing is changed. */
  @Transactional
  public void handle(List<InboundMessage<Event>> received) {
    var replies = settlement.settle(EventBatch.of(received, OrderChoreography::command).commands());
    replies.forEach(SettleByEvents::reportRefusal);
    var settled =
        replies.stream()
            .filter(OrderSettled.class::isInstance)
            .map(reply -> reply.step().orderId())
            .distinct()
            .toList();
    outbox.append(find.all(settled).values().stream().map(SettleByEvents::end).toList());
  }

  private static void reportRefusal(Reply reply) {
    if (reply instanceof SettlementRefused(var step, var why)) {
      log.error("order {} refuses to {}: {}", step.orderId(), step.step(), why);
    }
  }

  /** Always under the same message id. */
  private static OutboundMessage end(Order order) {
    var ended =
        new CheckoutEnded(
            order.id(),
            order.details().customerId(),
            order.total().minor(),
            order.total().currency().getCurrencyCode(),
            order.state().reason());
    var name = "checkout-ended " + order.id();
    var id = UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.US_ASCII));
    return new OutboundMessage(id, ended, null, order.traceparent());
  }
}
