package dev.mall.order.settle;

import static dev.mall.contracts.values.CancelReason.OUT_OF_STOCK;
import static dev.mall.contracts.values.CancelReason.TIMED_OUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderCommand;
import dev.mall.contracts.OrderCommand.CancelOrder;
import dev.mall.contracts.OrderCommand.ConfirmOrder;
import dev.mall.contracts.OrderCommand.ReturnOrder;
import dev.mall.contracts.OrderEvent.OrderCancelled;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.OrderReply.OrderSettled;
import dev.mall.contracts.OrderReply.SettlementRefused;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.order.OrderState;
import dev.mall.order.settle.SettlementRules.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SettlementRulesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
  private static final ConfirmOrder CONFIRM = new ConfirmOrder(new StepKey(1, "confirm", 1));
  private static final CancelOrder CANCEL =
      new CancelOrder(new StepKey(1, "cancel", 1), OUT_OF_STOCK);
  private static final ReturnOrder RETURN = new ReturnOrder(new StepKey(1, "return", 1));

  @Test
  void confirmsAPendingOrder() {
    var outcome = decide(aPendingOrder(), CONFIRM);

    assertThat(outcome.settled()).containsExactly(Map.entry(1L, OrderState.confirmed(NOW)));
    assertThat(sent(outcome))
        .containsExactly(new OrderConfirmed(1), new OrderSettled(CONFIRM.step()));
  }

  @Test
  void cancelsAPendingOrderWithItsReason() {
    var outcome = decide(aPendingOrder(), CANCEL);

    assertThat(outcome.settled())
        .containsExactly(Map.entry(1L, OrderState.cancelled(OUT_OF_STOCK, NOW)));
    assertThat(sent(outcome))
        .containsExactly(new OrderCancelled(1, OUT_OF_STOCK), new OrderSettled(CANCEL.step()));
  }

  @Test
  void staysCancelledWhenALateConfirmationArrives() {
    var outcome = decide(Map.of(1L, OrderState.cancelled(OUT_OF_STOCK, NOW)), CONFIRM);

    assertThat(outcome.settled()).isEmpty();
    assertThat(sent(outcome))
        .containsExactly(new SettlementRefused(CONFIRM.step(), "the order is CANCELLED"));
  }

  @Test
  void agreesWithWhatItIsAlready() {
    var again = new CancelOrder(new StepKey(1, "cancel", 2), TIMED_OUT);

    var outcome = decide(Map.of(1L, OrderState.cancelled(OUT_OF_STOCK, NOW)), again);

    assertThat(outcome.settled()).isEmpty(); // the first reason stays
    assertThat(sent(outcome)).containsExactly(new OrderSettled(again.step()));
  }

  @Test
  void returnsAConfirmedOrderOnce() {
    var earlier = OrderState.confirmed(NOW.minusSeconds(60));
    var again = new ReturnOrder(new StepKey(1, "return", 2));

    var outcome = decide(Map.of(1L, earlier), RETURN, again);

    assertThat(outcome.settled()).containsExactly(Map.entry(1L, earlier.returned()));
    assertThat(earlier.returned().settledAt()).isEqualTo(earlier.settledAt());
    assertThat(sent(outcome))
        .containsExactly(new OrderSettled(RETURN.step()), new OrderSettled(again.step()));
  }

  @Test
  void refusesToReturnWhatIsNotConfirmed() {
    assertThat(sent(decide(aPendingOrder(), RETURN)))
        .containsExactly(new SettlementRefused(RETURN.step(), "the order is PENDING"));
    assertThat(sent(decide(Map.of(1L, OrderState.cancelled(OUT_OF_STOCK, NOW)), RETURN)))
        .containsExactly(new SettlementRefused(RETURN.step(), "the order is CANCELLED"));
  }

  @Test
  void agreesThatAReturnedOrderWasConfirmedAndNotCancelled() {
    var returned = Map.of(1L, OrderState.confirmed(NOW).returned());

    assertThat(sent(decide(returned, CONFIRM))).containsExactly(new OrderSettled(CONFIRM.step()));
    assertThat(sent(decide(returned, CANCEL)))
        .containsExactly(new SettlementRefused(CANCEL.step(), "the order is RETURNED"));
  }

  @Test
  void refusesAnUnknownOrder() {
    assertThat(sent(decide(Map.of(), CONFIRM)))
        .containsExactly(new SettlementRefused(CONFIRM.step(), "there is no such order"));
  }

  /**
   * Whatever commands come, in whatever order, batches and repetition: an order becomes final once
   * at most, says so once, and each command is always answered the same.
   */
  @Test
  void anOrderBecomesFinalOnceWhateverComes() {
    for (int seed = 0; seed < 2000; seed++) {
      var random = new Random(seed);
      var states = new HashMap<Long, OrderState>();
      for (long id = 0; id < 3; id++) {
        states.put(id, OrderState.PENDING);
      }
      var replies = new HashMap<StepKey, Reply>();
      var sent = new ArrayList<Message>();
      var finals = new HashMap<Long, OrderState>();
      for (int batch = 0; batch < 5; batch++) {
        var fresh = batch(random);
        fresh.keySet().removeAll(replies.keySet());
        var outcome = SettlementRules.decide(states, List.copyOf(fresh.values()), NOW);
        for (var settled : outcome.settled().entrySet()) {
          assertThat(finals.put(settled.getKey(), settled.getValue()))
              .describedAs("seed %d: order %d was not final", seed, settled.getKey())
              .isNull();
        }
        states.putAll(outcome.settled());
        outcome.replies().forEach(reply -> replies.put(reply.step(), reply));
        sent.addAll(sent(outcome));
      }
      assertThat(sent.stream().filter(m -> !(m instanceof Reply)))
          .describedAs("seed %d: an event for each final order", seed)
          .hasSize(finals.size());
      assertThat(
              sent.stream()
                  .filter(Reply.class::isInstance)
                  .map(Reply.class::cast)
                  .collect(Collectors.groupingBy(Reply::step, Collectors.toSet()))
                  .values())
          .describedAs("seed %d: one answer to each command", seed)
          .allSatisfy(answers -> assertThat(answers).hasSize(1));
    }
  }

  private static Map<StepKey, OrderCommand> batch(Random random) {
    var batch = new LinkedHashMap<StepKey, OrderCommand>();
    random
        .ints(random.nextInt(1, 6), 0, 4)
        .mapToObj(id -> command(random, id)) // order 3 was never placed
        .forEach(command -> batch.putIfAbsent(command.step(), command));
    return batch;
  }

  private static OrderCommand command(Random random, long id) {
    int round = random.nextInt(1, 3);
    return random.nextBoolean()
        ? new ConfirmOrder(new StepKey(id, "confirm", round))
        : new CancelOrder(new StepKey(id, "cancel", round), TIMED_OUT);
  }

  private static Map<Long, OrderState> aPendingOrder() {
    return Map.of(1L, OrderState.PENDING);
  }

  private static Outcome decide(Map<Long, OrderState> states, OrderCommand... batch) {
    return SettlementRules.decide(states, List.of(batch), NOW);
  }

  private static List<Message> sent(Outcome outcome) {
    return Stream.<Message>concat(outcome.events().values().stream(), outcome.replies().stream())
        .toList();
  }
}
