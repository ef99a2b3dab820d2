package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.stockReserved;

import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.Topics;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.runtime.store.DueSagas;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.SagaStore;
import dev.mall.saga.runtime.store.StepPauses;
import dev.mall.testing.StatementCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeAll;

/** Saga signals for a real runner, and its deadlines passed on command. */
abstract class RunnerFixture extends RuntimeFixture {

  static SagaRunner runner;
  static SagaStore sagas;
  static DueSagas due;
  static StepPauses pauses;

  @BeforeAll
  static void start() {
    runner = replica.bean(SagaRunner.class);
    sagas = replica.bean(SagaStore.class);
    due = replica.bean(DueSagas.class);
    pauses = replica.bean(StepPauses.class);
  }

  static List<Long> heldAtPay(int count) {
    pauses.pause("pay", "grace", "a test");
    var orders = LongStream.range(0, count).mapToObj(_ -> newOrder()).toList();
    runner.handle(orders.stream().map(RunnerFixture::placed).toList());
    runner.handle(orders.stream().map(id -> answer(id, "reserve", stockReserved())).toList());
    return orders;
  }

  static long waitingForPay() {
    long order = newOrder();
    runner.handle(List.of(placed(order), answer(order, "reserve", stockReserved())));
    return order;
  }

  static int counted(StatementCounter.Work work) throws Exception {
    return replica.bean(StatementCounter.class).during(work).size();
  }

  static int pass(boolean repliesRead) {
    return pass(repliesRead ? Set.of() : Set.of(Topics.SAGA_REPLIES));
  }

  static int pass(Set<String> unread) {
    return runner.passDeadlines(Instant.now(), Unread.anywhereIn(unread), 1000).all();
  }

  static SagaTimers timers(Supplier<Set<String>> unread) {
    return new SagaTimers(
        due,
        runner,
        () -> Unread.anywhereIn(unread.get()),
        new TimerProperties(10, Duration.ofMillis(20), Duration.ofSeconds(5)));
  }

  static List<Long> begunLongAgo(int count) {
    var orders = LongStream.range(0, count).mapToObj(_ -> newOrder()).toList();
    runner.handle(orders.stream().map(RunnerFixture::placed).toList());
    shipAll();
    makeAllDue();
    return orders;
  }

  static SagaSignal placed(long order) {
    return new SagaSignal(order, new Started(anOrder(order), cause()));
  }

  static SagaSignal answer(long order, String step, Function<StepKey, ? extends Reply> reply) {
    return new SagaSignal(order, new Replied(reply.apply(new StepKey(order, step, 1)), cause()));
  }

  static Cause cause() {
    return new Cause(UUID.randomUUID(), null);
  }
}
