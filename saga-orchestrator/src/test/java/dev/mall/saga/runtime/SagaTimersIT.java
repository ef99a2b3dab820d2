package dev.mall.saga.runtime;

import static dev.mall.saga.checkout.Replies.stockReserved;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.wire.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Deadlines on a real database: judged, excused and claimed. */
class SagaTimersIT extends RunnerFixture {

  @Test
  void needsNoMoreStatementsForManyDeadlinesThanForOne() throws Exception {
    assertThat(statementsForDeadlines(1)).isEqualTo(6);
    assertThat(statementsForDeadlines(300)).isEqualTo(6);
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

  private static int statementsForDeadlines(int count) throws Exception {
    begunLongAgo(count);
    return counted(() -> pass(true));
  }

  private static <T> T onAnotherThread(Query<T> query) throws Exception {
    var answer = new ArrayList<T>();
    var thread = Thread.ofPlatform().start(() -> answer.add(inTransaction(query)));
    assertThat(thread.join(Duration.ofSeconds(20))).isTrue();
    return answer.getFirst();
  }
}
