package dev.mall.saga.runtime;

import static dev.mall.contracts.PaymentReply.DeclineReason.NO_WALLET;
import static dev.mall.saga.checkout.Replies.anOrder;
import static dev.mall.saga.checkout.Replies.customerNotified;
import static dev.mall.saga.checkout.Replies.orderSettled;
import static dev.mall.saga.checkout.Replies.outOfStock;
import static dev.mall.saga.checkout.Replies.paymentCharged;
import static dev.mall.saga.checkout.Replies.paymentDeclined;
import static dev.mall.saga.checkout.Replies.stockReserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.messaging.retention.RetentionJob;
import dev.mall.saga.engine.OperatorAction;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.Signal.Cause;
import dev.mall.saga.engine.Signal.Decided;
import dev.mall.saga.engine.Signal.Replied;
import dev.mall.saga.engine.Signal.Started;
import dev.mall.saga.runtime.store.DueSagas;
import dev.mall.saga.runtime.store.SagaSignal;
import dev.mall.saga.runtime.store.SagaStore;
import dev.mall.saga.runtime.store.StepPauses;
import dev.mall.saga.runtime.store.StoredSaga;
import dev.mall.testing.StatementCounter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Batches of signals on a real database, without Kafka's consumers and without timers. */
class SagaRunnerIT extends RuntimeFixture {

  private static SagaRunner runner;
  private static SagaStore sagas;
  private static DueSagas due;
  private static StepPauses pauses;

  @BeforeAll
  static void start() {
    runner = replica.bean(SagaRunner.class);
    sagas = replica.bean(SagaStore.class);
    due = replica.bean(DueSagas.class);
    pauses = replica.bean(StepPauses.class);
  }

  @Test
  void needsNoMoreStatementsForManyThanForFew() throws Exception {
    var few = mixed(3);
    var many = mixed(300);

    assertThat(statements(few)).isEqualTo(6);
    assertThat(statements(many)).isEqualTo(6);
  }

  @Test
  void needsNoMoreStatementsForManyDeadlinesThanForOne() throws Exception {
    assertThat(statementsForDeadlines(1)).isEqualTo(6);
    assertThat(statementsForDeadlines(300)).isEqualTo(6);
  }

  @Test
  void takesABatchInTheOrderItCame() {
    long order = newOrder();

    runner.handle(
        List.of(
            placed(order),
            answer(order, "reserve", stockReserved()),
            placed(order),
            answer(order, "reserve", outOfStock()),
            answer(order, "pay", paymentCharged())));

    assertThat(column("step", order)).isEqualTo("commit");
    assertThat(column("lines", order)).isEqualTo(3);
    assertThat(sent(order)).containsExactly("ReserveStock", "ChargePayment", "CommitReservation");
  }

  @Test
  void keepsASagaAsItIs() {
    long order = newOrder();
    runner.handle(List.of(placed(order), answer(order, "reserve", stockReserved())));

    var loaded = inTransaction(() -> locked(order)).getFirst();
    inTransaction(() -> {
      sagas.update(List.of(loaded));
      return null;
    });

    assertThat(inTransaction(() -> locked(order))).containsExactly(loaded);
    assertThat(loaded.origin().event()).isEqualTo(anOrder(order));
  }

  @Test
  void refusesToStartASagaThatAnotherReplicaStarted() {
    long order = newOrder();
    runner.handle(List.of(placed(order)));
    var theirs = inTransaction(() -> locked(order));

    assertThatThrownBy(() ->
            inTransaction(() -> {
              sagas.insert(theirs);
              return null;
            }))
        .isInstanceOf(StaleWriteException.class);
  }

  @Test
  void passesADeadlineThatAnotherReplicaIsBusyWithToThatOne() {
    long order = newOrder();
    runner.handle(List.of(placed(order)));
    makeAllDue();

    var claimed =
        inTransaction(() -> {
          var mine = due.claimDue(Instant.now(), 1000);
          var theirs =
              onAnotherThread(() -> inTransaction(() -> due.claimDue(Instant.now(), 1000)));
          assertThat(theirs).isEmpty();
          return mine;
        });

    assertThat(claimed).extracting(saga -> saga.id()).contains(order);
  }

  @Test
  void leavesADeadlineToAReplicaThatKnowsTheDefinition() {
    long order = newOrder();
    runner.handle(List.of(placed(order)));
    jdbc.sql("update saga set version = 2 where order_id = ?").param(order).update();
    makeAllDue();

    assertThat(inTransaction(() -> due.claimDue(Instant.now(), 1000)))
        .extracting(saga -> saga.id())
        .doesNotContain(order);
    assertThat(due.nextWork().deadline()).isEmpty(); // or old replicas would spin
  }

  @Test
  void excusesADeadlineWhileTheCommandIsInTheOutbox() {
    long order = newOrder();
    runner.handle(List.of(placed(order)));
    makeAllDue();

    pass(true);

    assertThat(column("attempt", order)).isEqualTo(1);
    assertThat(column("overdue", order)).isEqualTo(true);
    assertThat(due.nextWork().deadline()).isPresent();

    shipAll();
    makeAllDue();
    pass(true);

    assertThat(column("attempt", order)).isEqualTo(2);
  }

  @Test
  void excusesADeadlineWhileRepliesAreUnread() {
    long order = newOrder();
    runner.handle(List.of(placed(order)));
    shipAll();
    makeAllDue();

    pass(false);

    assertThat(column("attempt", order)).isEqualTo(1);
  }

  @Test
  void excusesADeadlineWhileTheParticipantMayNotHaveReadTheCommand() {
    long reserving = newOrder();
    long paying = newOrder();
    runner.handle(
        List.of(placed(reserving), placed(paying), answer(paying, "reserve", stockReserved())));
    shipAll();
    makeAllDue();

    pass(Set.of(Topics.PAYMENT_COMMANDS));

    assertThat(column("attempt", reserving)).isEqualTo(2);
    assertThat(column("attempt", paying)).isEqualTo(1);
    assertThat(column("overdue", paying)).isEqualTo(true);
  }

  @Test
  void excusedDeadlinesDelayNoOthers() {
    var paying = begunLongAgo(25);
    runner.handle(paying.stream().map(o -> answer(o, "reserve", stockReserved())).toList());
    var reserving = begunLongAgo(5);
    jdbc.sql("update saga set deadline = deadline + interval '1 ms' where step = 'reserve'")
        .update();

    timers(() -> Set.of(Topics.PAYMENT_COMMANDS)).look();

    assertThat(paying).allMatch(order -> column("attempt", order).equals(1));
    assertThat(reserving).allMatch(order -> column("attempt", order).equals(2));
  }

  @Test
  void asksAgainInABatchAtATime() {
    var late = begunLongAgo(35);

    timers(Set::of).look();

    assertThat(late.stream().filter(order -> column("attempt", order).equals(2))).hasSize(10);
  }

  @Test
  void movesAllDeadlinesOnAtOnceInAnOutage() { // so that none is left to be judged after it
    var late = begunLongAgo(35);
    var begun = sagas.context().engine().now();

    timers(() -> Set.of(Topics.SAGA_REPLIES)).look();

    assertThat(late).allMatch(order -> column("overdue", order).equals(true));
    assertThat(late).allMatch(order -> column("attempt", order).equals(1));
    assertThat(due.nextWork().deadline().orElseThrow()).isAfter(begun);
  }

  @Test
  void archivesWhatEndedLongAgoAndIgnoresItsRepeats() {
    long ended = newOrder();
    long young = newOrder();
    long open = newOrder();
    for (long order : List.of(ended, young)) {
      runner.handle(
          List.of(
              placed(order),
              answer(order, "reserve", outOfStock()),
              answer(order, "cancel", orderSettled()),
              answer(order, "notify", customerNotified())));
    }
    runner.handle(List.of(placed(open)));
    jdbc.sql("update saga set asked_at = now() - interval '25 hours' where order_id <> ?")
        .param(young)
        .update();

    replica.bean(RetentionJob.class).sweep();

    assertThat(ordersIn("saga")).containsExactly(young, open);
    assertThat(ordersIn("saga_archive")).containsExactly(ended);
    assertThat(ordersIn("saga_timeline_archive")).containsOnly(ended).hasSize(4);
    assertThat(ordersIn("saga_timeline")).doesNotContain(ended);

    shipAll();
    runner.handle(List.of(placed(ended), answer(ended, "reserve", stockReserved())));

    assertThat(ordersIn("saga")).containsExactly(young, open);
    assertThat(sent(ended)).isEmpty();
  }

  @Test
  void theArchiveHasTheSameColumns() {
    for (var table : List.of("saga", "saga_timeline")) {
      assertThat(columns(table + "_archive")).isEqualTo(columns(table)).isNotEmpty();
      assertThat(columns(table + "_ever")).isEqualTo(columns(table));
    }
  }

  private static List<String> columns(String table) {
    return jdbc.sql(
            "select column_name || ' ' || data_type from information_schema.columns"
                + " where table_name = ? order by ordinal_position")
        .param(table)
        .query(String.class)
        .list();
  }

  private static List<Long> ordersIn(String table) {
    return jdbc.sql("select order_id from %s order by order_id".formatted(table))
        .query(Long.class)
        .list();
  }

  @Test
  void sleepsUntilTheNextDeadlineButNotForLong() {
    assertThat(timers(Set::of).look()).isEqualTo(Duration.ofSeconds(5));

    runner.handle(List.of(placed(newOrder()))); // 700 ms, more or less

    assertThat(timers(Set::of).look()).isBetween(Duration.ofMillis(20), Duration.ofMillis(840));
  }

  @Test
  void watchesAfterEachStart() {
    var timers = timers(Set::of);

    for (int start = 0; start < 100; start++) {
      var orders = heldAtPay(1);
      pauses.resume("pay");
      timers.start();
      try {
        await("start %d".formatted(start))
            .untilAsserted(() -> assertThat(pauses.held()).as("held %s", orders).isEmpty());
      } finally {
        timers.stop();
      }
    }
  }

  @Test
  void needsNoMoreStatementsToResumeManyThanOne() throws Exception {
    assertThat(statementsToResume(1)).isEqualTo(5);
    assertThat(statementsToResume(300)).isEqualTo(5);
  }

  @Test
  void holdsWhatComesToAPausedStepAndLetsItGoOnInBatches() {
    var orders = heldAtPay(35);

    assertThat(timers(Set::of).look()).isEqualTo(Duration.ofSeconds(5)); // no deadline runs
    assertThat(pauses.held()).containsOnly(entry("pay", 35L));
    assertThat(orders).allMatch(order -> !sent(order).contains("ChargePayment"));

    pauses.resume("pay");

    assertThat(timers(Set::of).look()).isEqualTo(Duration.ofMillis(20)); // comes back soon
    assertThat(pauses.held()).containsOnly(entry("pay", 25L));
    for (int look = 0; look < 3; look++) {
      timers(Set::of).look();
    }
    assertThat(pauses.held()).isEmpty();
    assertThat(orders)
        .allMatch(order -> Collections.frequency(sent(order), "ChargePayment") == 1)
        .allMatch(order -> column("attempt", order).equals(1));
  }

  @Test
  void usesUpNoAttemptOfWhatWasAskedForBeforeThePause() {
    long order = begunLongAgo(1).getFirst();
    pauses.pause("reserve", "grace", "a test");

    pass(true);

    assertThat(column("attempt", order)).isEqualTo(1);
    assertThat(sent(order)).isEmpty();
  }

  @Test
  void letsOneOfTwoActsWin() throws Exception {
    for (int round = 0; round < 10; round++) {
      long order = waitingForPay();

      var outcomes =
          atOnce(
              () -> act(order, OperatorAction.RETRY, 1),
              () -> act(order, OperatorAction.COMPENSATE, 1));

      assertThat(outcomes).filteredOn(OperatorActionOutcome.Done.class::isInstance).hasSize(1);
      assertThat(column("lines", order)).isEqualTo(3);
    }
  }

  @Test
  void letsAnActOrTheReplyWin() throws Exception {
    for (int round = 0; round < 10; round++) {
      long order = waitingForPay();

      var outcomes =
          atOnce(
              () -> act(order, OperatorAction.SETTLE, 1),
              () -> {
                runner.handle(List.of(answer(order, "pay", paymentDeclined(NO_WALLET))));
                return null;
              });

      boolean settled = outcomes.getFirst() instanceof OperatorActionOutcome.Done;
      assertThat(column("step", order)).isEqualTo(settled ? "commit" : "release");
      assertThat(column("lines", order)).isEqualTo(3);
    }
  }

  @Test
  void undoesAnActWhoseAuditCannotBeWritten() {
    long order = waitingForPay();

    assertThatThrownBy(() ->
            runner.act(
                order,
                decided(OperatorAction.COMPENSATE, 1),
                _ -> {
                  throw new IllegalStateException("no audit");
                }))
        .hasMessage("no audit");

    assertThat(column("state", order)).isEqualTo("RUNNING");
    assertThat(sent(order)).doesNotContain("RefundPayment");
  }

  @Test
  void parksASagaWhoseDeadlineCannotBePassed() { // and does not let it hold up the others
    long order = newOrder();
    long broken = newOrder();
    runner.handle(List.of(placed(order), placed(broken)));
    shipAll();
    jdbc.sql("update saga set step = 'nowhere' where order_id = ?").param(broken).update();
    makeAllDue();

    pass(true);

    assertThat(column("attempt", order)).isEqualTo(2);
    assertThat((String) column("parked_why", broken)).contains("nowhere");
    assertThat(column("deadline", broken)).isNull();
  }

  @Test
  void doesNothingWhenPartOfABatchCannotBeDone() {
    long order = newOrder();
    long broken = newOrder();
    runner.handle(List.of(placed(broken)));
    jdbc.sql("update saga set step = 'nowhere' where order_id = ?").param(broken).update();

    assertThatThrownBy(
            () -> runner.handle(List.of(placed(order), answer(broken, "nowhere", stockReserved()))))
        .isInstanceOf(IllegalStateException.class);

    assertThat(
            jdbc.sql("select count(*) from saga where order_id = ?")
                .param(order)
                .query(Integer.class)
                .single())
        .isZero();
    assertThat(sent(order)).isEmpty();
  }

  /** New orders and replies, shuffled; a third each of begun, known and repeated. */
  private static List<SagaSignal> mixed(int size) {
    var known = LongStream.range(0, size / 3).mapToObj(_ -> newOrder()).toList();
    runner.handle(known.stream().map(SagaRunnerIT::placed).toList());
    var batch = new ArrayList<SagaSignal>();
    for (long order : known) {
      batch.add(placed(newOrder()));
      batch.add(answer(order, "reserve", stockReserved()));
      batch.add(placed(order));
    }
    Collections.shuffle(batch, new Random(size));
    return batch;
  }

  private static int statements(List<SagaSignal> batch) throws Exception {
    return counted(() -> runner.handle(batch));
  }

  private static int statementsForDeadlines(int count) throws Exception {
    begunLongAgo(count);
    return counted(() -> pass(true));
  }

  private static int statementsToResume(int count) throws Exception {
    heldAtPay(count);
    pauses.resume("pay");
    return counted(() -> assertThat(runner.resume("pay", 1000)).isEqualTo(count));
  }

  private static List<Long> heldAtPay(int count) {
    pauses.pause("pay", "grace", "a test");
    var orders = LongStream.range(0, count).mapToObj(_ -> newOrder()).toList();
    runner.handle(orders.stream().map(SagaRunnerIT::placed).toList());
    runner.handle(orders.stream().map(id -> answer(id, "reserve", stockReserved())).toList());
    return orders;
  }

  private static long waitingForPay() {
    long order = newOrder();
    runner.handle(List.of(placed(order), answer(order, "reserve", stockReserved())));
    return order;
  }

  private static OperatorActionOutcome act(long order, OperatorAction act, int round) {
    return runner.act(order, decided(act, round), _ -> {});
  }

  private static Decided decided(OperatorAction act, int round) {
    return new Decided(act, new OperatorAction.Place("pay", round), "grace", "a test");
  }

  private static List<OperatorActionOutcome> atOnce(
      Query<OperatorActionOutcome> one, Query<OperatorActionOutcome> other) throws Exception {
    var start = new CyclicBarrier(2);
    try (var threads = Executors.newFixedThreadPool(2)) {
      var running =
          Stream.of(one, other)
              .map(query ->
                  threads.submit(() -> {
                    start.await();
                    return query.run();
                  }))
              .toList();
      return Arrays.asList(running.getFirst().get(), running.getLast().get());
    }
  }

  private static int counted(StatementCounter.Work work) throws Exception {
    return replica.bean(StatementCounter.class).during(work).size();
  }

  private static int pass(boolean repliesRead) {
    return pass(repliesRead ? Set.of() : Set.of(Topics.SAGA_REPLIES));
  }

  private static int pass(Set<String> unread) {
    return runner.passDeadlines(Instant.now(), Unread.anywhereIn(unread), 1000).all();
  }

  private static List<SagaInstance> locked(long order) {
    return sagas.locked(List.of(order)).stream()
        .map(stored -> ((StoredSaga.Open) stored).saga())
        .toList();
  }

  private static SagaTimers timers(Supplier<Set<String>> unread) {
    return new SagaTimers(
        due,
        runner,
        () -> Unread.anywhereIn(unread.get()),
        new TimerProperties(10, Duration.ofMillis(20), Duration.ofSeconds(5)));
  }

  private static List<Long> begunLongAgo(int count) {
    var orders = LongStream.range(0, count).mapToObj(_ -> newOrder()).toList();
    runner.handle(orders.stream().map(SagaRunnerIT::placed).toList());
    shipAll();
    makeAllDue();
    return orders;
  }

  private static SagaSignal placed(long order) {
    return new SagaSignal(order, new Started(anOrder(order), cause()));
  }

  private static SagaSignal answer(
      long order, String step, Function<StepKey, ? extends Reply> reply) {
    return new SagaSignal(order, new Replied(reply.apply(new StepKey(order, step, 1)), cause()));
  }

  private static Cause cause() {
    return new Cause(UUID.randomUUID(), null);
  }

  private static <T> T onAnotherThread(Query<T> query) throws Exception {
    var answer = new ArrayList<T>();
    var thread = Thread.ofPlatform().start(() -> answer.add(inTransaction(query)));
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    return answer.getFirst();
  }
}
