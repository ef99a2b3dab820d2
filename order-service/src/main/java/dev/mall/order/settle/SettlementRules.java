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
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.order.OrderState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How orders become final. Pure: the states of the orders and the replies given before go in, what
 * changed and what to say come out. The same command again gets the same reply again.
 */
final class SettlementRules {

  /**
   * What is to be written and said.
   *
   * @param settled orders that became final now
   * @param decided replies given for the first time
   * @param said replies to all commands, and events, in the order of their causes
   */
  record Outcome(Map<Long, OrderState> settled, List<Reply> decided, List<OutboundMessage> said) {}

  private final Map<Long, OrderState> states;
  private final Map<StepKey, Reply> replies;
  private final Instant now;
  private final Outcome outcome =
      new Outcome(new LinkedHashMap<>(), new ArrayList<>(), new ArrayList<>());

  private SettlementRules(Map<Long, OrderState> states, Map<StepKey, Reply> replies, Instant now) {
    this.states = new HashMap<>(states);
    this.replies = new HashMap<>(replies);
    this.now = now;
  }

  /**
   * @param states of the orders that the batch is about; unknown orders are absent
   * @param known replies given before
   */
  static Outcome fold(
      Map<Long, OrderState> states,
      Map<StepKey, Reply> known,
      List<InboundMessage<OrderCommand>> batch,
      Instant now) {
    var rules = new SettlementRules(states, known, now);
    batch.forEach(rules::answer);
    return rules.outcome;
  }

  private void answer(InboundMessage<OrderCommand> received) {
    var command = received.message();
    var reply = replies.get(command.step());
    if (reply == null) {
      reply = decide(received, command);
      replies.put(command.step(), reply);
      outcome.decided().add(reply);
    }
    outcome.said().add(OutboundMessage.inReplyTo(received, reply));
  }

  private OrderReply decide(InboundMessage<OrderCommand> received, OrderCommand command) {
    long id = command.step().orderId();
    var state = states.get(id);
    var wanted = wanted(command);
    var refusal = refusal(state, wanted);
    if (refusal != null) {
      return new SettlementRefused(command.step(), refusal);
    }
    if (state != null && state.status().mayBecome(wanted.status())) {
      states.put(id, wanted);
      outcome.settled().put(id, wanted);
      outcome.said().add(OutboundMessage.inReplyTo(received, event(command)));
    }
    return new OrderSettled(command.step());
  }

  private OrderState wanted(OrderCommand command) {
    return switch (command) {
      case ConfirmOrder _ -> OrderState.confirmed(now);
      case CancelOrder(_, var reason) -> OrderState.cancelled(reason, now);
    };
  }

  /** Repeating an outcome is fine, contradicting it is not. */
  private static @Nullable String refusal(@Nullable OrderState state, OrderState wanted) {
    if (state == null) {
      return "nobody placed this order";
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
