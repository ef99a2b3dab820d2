package dev.mall.order.settle;

import dev.mall.contracts.OrderCommand;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.messaging.outbox.Outbox;
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

/** Makes orders final, as the saga asks. */
@Service
public class SettleOrders {

  private final OrderStore orders;
  private final ReplyLog decisions;
  private final Outbox outbox;
  private final CommitNotifications signals;
  private final OrderMetrics metrics;
  private final Clock clock;

  SettleOrders(
      OrderStore orders,
      ReplyLog decisions,
      Outbox outbox,
      CommitNotifications signals,
      OrderMetrics metrics,
      Clock clock) {
    this.orders = orders;
    this.decisions = decisions;
    this.outbox = outbox;
    this.signals = signals;
    this.metrics = metrics;
    this.clock = clock;
  }

  /** Handles confirmations and cancellations in the order they came. */
  @Transactional
  public void handle(List<InboundMessage<OrderCommand>> batch) {
    var keys = batch.stream().map(received -> received.message().step()).toList();
    var states = orders.lock(keys.stream().map(key -> key.orderId()).toList());
    var known = decisions.find(keys);
    var now = clock.instant().truncatedTo(ChronoUnit.MICROS);

    var outcome = SettlementRules.fold(states, known.replies(), known.readable(batch), now);

    orders.settle(outcome.settled(), now);
    orders.note(notes(outcome.settled()), now);
    if (!outcome.settled().isEmpty()) {
      signals.afterCommit(OrderStore.SETTLED_CHANNEL);
    }
    decisions.save(outcome.decided());
    outbox.append(outcome.said());
    outbox.resend(known.repeats(batch));
    metrics.settledAfterCommit(outcome.settled().values());
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
