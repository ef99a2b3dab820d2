package dev.mall.order.settle;

import dev.mall.contracts.OrderCommand;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.Answers;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.order.HistoryEntry;
import dev.mall.order.OrderMetrics;
import dev.mall.order.OrderState;
import dev.mall.order.OrderStore;
import dev.mall.order.OrderStore.Note;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Confirms and cancels orders, one batch of commands per transaction. */
@Service
public class SettleOrders {

  private final OrderStore orders;
  private final ReplyLog replyLog;
  private final CommitNotifications signals;
  private final OrderMetrics metrics;
  private final Clock clock;

  SettleOrders(
      OrderStore orders,
      ReplyLog replyLog,
      CommitNotifications signals,
      OrderMetrics metrics,
      Clock clock) {
    this.orders = orders;
    this.replyLog = replyLog;
    this.signals = signals;
    this.metrics = metrics;
    this.clock = clock;
  }

  /**
   * Handles a batch of confirmations and cancellations in its order, in one transaction, and leaves
   * a reply to each command in the outbox; if it throws, nothing is changed.
   */
  @Transactional
  public void handle(List<InboundMessage<OrderCommand>> batch) {
    var states =
        orders.lock(batch.stream().map(received -> received.message().step().orderId()).toList());
    replyLog.answer(batch, commands -> decide(commands, states));
  }

  private Answers decide(List<OrderCommand> commands, Map<Long, OrderState> states) {
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);

    var outcome = SettlementRules.decide(states, commands, now);

    orders.settle(outcome.settled(), now);
    orders.note(notes(outcome.settled()), now);
    if (!outcome.settled().isEmpty()) {
      signals.afterCommit(OrderStore.SETTLED_CHANNEL);
    }
    metrics.settledAfterCommit(outcome.settled().values());
    return new Answers(outcome.replies(), outcome.events());
  }

  private static List<Note> notes(Map<Long, OrderState> settled) {
    return settled.entrySet().stream().map(e -> note(e.getKey(), e.getValue())).toList();
  }

  private static Note note(long orderId, OrderState state) {
    return switch (state.status()) {
      case CONFIRMED -> new Note(orderId, HistoryEntry.What.CONFIRMED, null);
      case CANCELLED -> new Note(orderId, HistoryEntry.What.CANCELLED, reason(state));
      case PENDING -> throw new IllegalArgumentException(orderId + " did not become final");
    };
  }

  private static @Nullable String reason(OrderState state) {
    return state.reason() == null ? null : state.reason().name();
  }
}
