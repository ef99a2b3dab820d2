package dev.mall.order.settle;

import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderCommand.ReturnOrder;
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
import java.util.Optional;

/**
 * Decides which orders become final, and which are returned. Pure: it knows neither database nor
 * transport.
 */
final class SettlementRules {

  /**
   * @param replies one for each command, in their order
   * @param settled orders that become final, or are returned
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
    if (state == null) {
      return new SettlementRefused(command.step(), "there is no such order");
    }
    var wanted = wanted(command, state);
    if (state.status().mayBecome(wanted.status())) {
      states.put(id, wanted);
      settled.put(id, wanted);
      event(command).ifPresent(event -> events.put(command.step(), event));
    } else if (!state.status().implies(wanted.status())) {
      return new SettlementRefused(command.step(), "the order is %s".formatted(state.status()));
    }
    return new OrderSettled(command.step());
  }

  private OrderState wanted(OrderCommand command, OrderState state) {
    return switch (command) {
      case ConfirmOrder _ -> OrderState.confirmed(now);
      case CancelOrder(_, var reason) -> OrderState.cancelled(reason, now);
      case ReturnOrder _ -> state.returned();
    };
  }

  private static Optional<OrderEvent> event(OrderCommand command) {
    long id = command.step().orderId();
    return switch (command) {
      case ConfirmOrder _ -> Optional.of(new OrderConfirmed(id));
      case CancelOrder(_, var reason) -> Optional.of(new OrderCancelled(id, reason));
      case ReturnOrder _ -> Optional.empty();
    };
  }
}
