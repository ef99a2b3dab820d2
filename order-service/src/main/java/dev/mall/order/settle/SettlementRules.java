package dev.mall.order.settle;

import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderEvent;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.OrderReply;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.values.StepKey;
import dev.mall.order.OrderState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Decides which orders become final. Pure: it knows neither database nor transport. */
final class SettlementRules {

  /**
   * @param replies one for each command, in their order
   * @param settled orders that become final
   * @param events by the command that caused them
   */
  record Outcome(
      List<OrderReply> replies, Map<Long, OrderState> settled, Map<StepKey, OrderEvent> events) {}

  private final Map<Long, OrderState> states;
  private final Instant now;
  private final Map<Long, OrderState> settled = new LinkedHashMap<>();
  private final Map<StepKey, OrderEvent> events = new HashMap<>();

  private SettlementRules(Map<Long, OrderState> states, Instant now) {
    this.states = new HashMap<>(states);
    this.now = now;
  }

  /**
   * Decides a batch in its order; each command sees the effects of those before it.
   *
   * @param states of the commands' orders; unknown orders are absent
   * @param batch each {@link StepKey} at most once
   */
  static Outcome decide(Map<Long, OrderState> states, List<OrderCommand> batch, Instant now) {
    var rules = new SettlementRules(states, now);
    var replies = batch.stream().map(rules::decide).toList();
    return new Outcome(replies, rules.settled, rules.events);
  }

  private OrderReply decide(OrderCommand command) {
    long id = command.step().orderId();
    var state = states.get(id);
    var wanted = wanted(command);
    var refusal = refusal(state, wanted);
    if (refusal != null) {
      return new SettlementRefused(command.step(), refusal);
    }
    if (state != null && state.status().mayBecome(wanted.status())) {
      states.put(id, wanted);
      settled.put(id, wanted);
      events.put(command.step(), event(command));
    }
    return new OrderSettled(command.step());
  }

  private OrderState wanted(OrderCommand command) {
    return switch (command) {
      case ConfirmOrder _ -> OrderState.confirmed(now);
      case CancelOrder(_, var reason) -> OrderState.cancelled(reason, now);
    };
  }

  /** Null if the order is, or may become, what is asked for. */
  private static @Nullable String refusal(@Nullable OrderState state, OrderState wanted) {
    if (state == null) {
      return "there is no such order";
    }
    return state.isFinal() && state.status() != wanted.status()
        ? "the order is %s already".formatted(state.status())
        : null;
  }

  private static OrderEvent event(OrderCommand command) {
    long id = command.step().orderId();
    return switch (command) {
      case ConfirmOrder _ -> new OrderConfirmed(id);
      case CancelOrder(_, var reason) -> new OrderCancelled(id, reason);
    };
  }
}
