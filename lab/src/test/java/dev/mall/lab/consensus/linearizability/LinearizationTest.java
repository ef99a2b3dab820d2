package dev.mall.lab.consensus.linearizability;

import static dev.mall.lab.consensus.linearizability.ClientCall.UNANSWERED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.lab.consensus.linearizability.KeyedValues.Got;
import dev.mall.lab.consensus.linearizability.KeyedValues.Operation;
import dev.mall.lab.consensus.linearizability.KeyedValues.Put;
import dev.mall.lab.consensus.linearizability.KeyedValues.PutIfAbsent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Histories whose verdict is known, and thousands that a search without any trick judges, too. */
class LinearizationTest {

  @Test
  void anEmptyHistoryIsLinearizable() {
    assertThat(KeyedValues.linearized(List.of())).isEmpty();
  }

  @Test
  void readsSeeTheWriteBeforeThem() {
    assertLinearizable(call("a", put("1"), 1, 2), call("b", got("1"), 3, 4));
  }

  @Test
  void concurrentReadsMaySeeAWriteOrNot() {
    assertLinearizable(
        call("a", put("1"), 1, 10), call("b", got(null), 2, 3), call("c", got("1"), 4, 5));
  }

  /** Figure 1 of Herlihy and Wing has the same for queues. */
  @Test
  void answersMayComeInAnotherOrderThanEffects() {
    assertLinearizable(
        call("a", put("1"), 1, 6),
        call("b", put("2"), 2, 5),
        call("c", got("2"), 3, 4),
        call("c", got("1"), 7, 8));
  }

  @Test
  void aStaleReadIsNot() {
    assertNotLinearizable(
        call("a", put("1"), 1, 2), call("a", put("2"), 3, 4), call("b", got("1"), 5, 6));
  }

  @Test
  void readsThatGoBackAreNot() {
    assertNotLinearizable(
        call("a", put("1"), 1, 10), call("b", got("1"), 2, 3), call("c", got(null), 4, 5));
  }

  @Test
  void twoSalesOfOneThingAreNot() {
    assertNotLinearizable(
        call("a", putIfAbsent("ann", true), 1, 4), call("b", putIfAbsent("ben", true), 2, 3));
    assertLinearizable(
        call("a", putIfAbsent("ann", false), 1, 4), call("b", putIfAbsent("ben", true), 2, 3));
  }

  @Test
  void aLostWriteIsNot() {
    assertNotLinearizable(
        call("a", put("1"), 1, 2), call("b", got("1"), 3, 4), call("b", got(null), 5, 6));
  }

  @Test
  void aWriteWithoutAnAnswerMayTakeEffectLateOrNever() {
    var unanswered = call("a", put("1"), 1, UNANSWERED);

    assertLinearizable(unanswered, call("b", got(null), 2, 3));
    assertLinearizable(unanswered, call("b", got(null), 2, 3), call("b", got("1"), 4, 5));
    assertNotLinearizable(
        unanswered,
        call("b", got(null), 2, 3),
        call("b", got("1"), 4, 5),
        call("b", got(null), 6, 7));
  }

  @Test
  void aConditionalWriteWithoutAnAnswerTakesEffectOnlyIfItMay() {
    var unanswered = call("a", new PutIfAbsent("x", "ann", Optional.empty()), 1, UNANSWERED);

    assertLinearizable(unanswered, call("b", putIfAbsent("ben", false), 2, 3));
    assertLinearizable(unanswered, call("b", putIfAbsent("ben", true), 2, 3));
    assertNotLinearizable(
        unanswered, call("b", putIfAbsent("ben", true), 2, 3), call("b", got("ann"), 4, 5));
  }

  @Test
  void callsThatTouchAreConcurrent() {
    assertLinearizable(call("a", put("1"), 1, 2), call("b", got(null), 2, 3));
    assertNotLinearizable(call("a", put("1"), 1, 2), call("b", got(null), 3, 4));
  }

  @Test
  void keysAreJudgedEachByItself() {
    var found =
        KeyedValues.linearized(
            List.of(
                new ClientCall<>("a", new Put("x", "1"), 1, 2),
                new ClientCall<>("b", new Got("x", Optional.of("1")), 3, 4),
                new ClientCall<>("b", new Got("y", Optional.of("1")), 5, 6)));

    assertThat(found.get("x").isComplete()).isTrue();
    assertThat(found.get("y").isComplete()).isFalse();
  }

  @Test
  void namesTheCallThatDoesNotFit() {
    var stale = call("b", got("1"), 5, 6);
    var found = linearization(List.of(call("a", put("1"), 1, 2), call("a", put("2"), 3, 4), stale));

    assertThat(found.misfit()).contains(stale);
    assertThat(found.order()).hasSize(2);
  }

  @Test
  void aCallDoesNotEndBeforeItBegins() {
    assertThatThrownBy(() -> call("a", put("1"), 2, 1)).hasMessageContaining("before 2");
  }

  @Test
  void judgesLikeASearchOfAllOrders() {
    int linearizable = 0;
    for (int seed = 0; seed < 4_000; seed++) {
      var calls = RandomCalls.of(new Random(seed), 2 + seed % 4);
      var found = linearization(calls);

      assertThat(found.isComplete())
          .as("seed %d: %s", seed, calls)
          .isEqualTo(EveryOrder.explains(calls));
      assertThat(EveryOrder.isPossible(found.order())).as("seed %d: the order", seed).isTrue();
      linearizable += found.isComplete() ? 1 : 0;
    }
    assertThat(linearizable).as("both verdicts are common").isBetween(800, 3_200);
  }

  /** Six clients and 3000 calls on one key: answers that a real object gave, and one altered. */
  @Test
  @Timeout(20)
  void judgesLongHistoriesInTime() {
    var calls = RandomCalls.ofARealObject(new Random(1), 6, 3_000);
    assertThat(linearization(calls).isComplete()).isTrue();

    var altered = new ArrayList<>(calls);
    var last = altered.removeLast();
    altered.add(new ClientCall<>("late", got("no such value"), last.to() + 1, last.to() + 2));
    assertThat(linearization(altered).misfit()).contains(altered.getLast());
  }

  @Test
  void needsNoMoreThanASecondForAThousandCalls() {
    var calls = RandomCalls.ofARealObject(new Random(2), 4, 1_000);
    long start = System.nanoTime();

    assertThat(linearization(calls).isComplete()).isTrue();

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
  }

  @SafeVarargs
  private static void assertLinearizable(ClientCall<Operation>... calls) {
    var history = new ArrayList<ClientCall<Operation>>();
    for (var call : calls) {
      history.add(call);
    }
    var found = linearization(history);
    assertThat(found.misfit()).isEmpty();
    assertThat(EveryOrder.isPossible(found.order())).isTrue();
  }

  @SafeVarargs
  private static void assertNotLinearizable(ClientCall<Operation>... calls) {
    var history = new ArrayList<ClientCall<Operation>>();
    for (var call : calls) {
      history.add(call);
    }
    assertThat(linearization(history).misfit()).isPresent();
  }

  private static Linearization<Operation> linearization(List<ClientCall<Operation>> calls) {
    return KeyedValues.linearized(calls).get("x");
  }

  private static ClientCall<Operation> call(
      String client, Operation operation, long from, long to) {
    return new ClientCall<>(client, operation, from, to);
  }

  private static Operation put(String value) {
    return new Put("x", value);
  }

  private static Operation putIfAbsent(String value, boolean done) {
    return new PutIfAbsent("x", value, Optional.of(done));
  }

  private static Operation got(String value) {
    return new Got("x", Optional.ofNullable(value));
  }
}
