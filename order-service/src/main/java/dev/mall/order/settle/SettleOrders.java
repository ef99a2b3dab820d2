package dev.mall.order.settle;

import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.Reply;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.idempotency.ReplyRoute;
import dev.mall.order.OrderState;
import dev.mall.order.cancel.Cancellations;
import dev.mall.order.settle.OrdersSettled.SettledOrder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Confirms, cancels and returns orders, one batch of commands per transaction. */
@Service
public class SettleOrders {

  private final OrderStates orders;
  private final Cancellations cancellations;
  private final ReplyLog replyLog;
  private final ApplicationEventPublisher events;
  private final Clock clock;

  SettleOrders(
      OrderStates orders,
      Cancellations cancellations,
      ReplyLog replyLog,
      ApplicationEventPublisher events,
      Clock clock) {
    this.orders = orders;
    this.cancellations = cancellations;
    this.replyLog = replyLog;
    this.events = events;
    this.clock = clock;
  }

  /**
   * Handles a batch of commands in its order, in one transaction, and leaves a reply to each
   * command in the outbox; if it throws, nothing is changed.
   */
  @Transactional
  public void handle(List<InboundMessage<OrderCommand>> batch) {
    settle(batch, ReplyRoute.TO_SAGA);
  }

  /**
   * Handles a batch like {@link #handle}, but sends no replies.
   *
   * @return the replies in the order of the batch, but for those that this release cannot decode
   */
  @Transactional
  public List<Reply> settle(List<InboundMessage<OrderCommand>> batch) {
    return settle(batch, ReplyRoute.NONE);
  }

  private List<Reply> settle(List<InboundMessage<OrderCommand>> batch, ReplyRoute route) {
    var states =
        orders.lock(batch.stream().map(received -> received.message().step().orderId()).toList());
    return replyLog.answer(batch, commands -> decide(commands, states), route);
  }

  private Answers decide(List<OrderCommand> commands, Map<Long, OrderState> states) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);

    var outcome = SettlementRules.decide(states, commands, now);

    var settled = orders.settle(outcome.settled(), now);
    if (!settled.isEmpty()) {
      events.publishEvent(new OrdersSettled(settled));
      cancellations.announceReturns(
          settled.stream().filter(SettledOrder::toReturn).map(SettledOrder::id).toList());
    }
    return new Answers(outcome.replies(), outcome.events());
  }
}
