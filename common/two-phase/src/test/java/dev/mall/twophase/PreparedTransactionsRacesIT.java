package dev.mall.twophase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.messaging.consumer.failure.Failures;
import dev.mall.twophase.PreparedTransactions.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;

/** Commands of one order, or for one row, at the same time. */
class PreparedTransactionsRacesIT extends PreparedTransactionsTests {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void aTransactionThatIsLostBeforeItIsPreparedLeavesNothing() {
    assertThatThrownBy(() ->
            transactions.prepare(
                order,
                () -> {
                  take(1);
                  jdbc.sql("select pg_terminate_backend(pg_backend_pid())")
                      .query(Boolean.class)
                      .single();
                  return true;
                }))
        .isInstanceOf(RuntimeException.class);

    assertThat(transactions.isPrepared(order)).isFalse();
    assertThat(transactions.outcome(order)).isEmpty();
    assertThat(transactions.prepare(order, () -> take(1))).isEqualTo(Vote.PREPARED);
    transactions.commit(order);
    assertThat(pieces()).isEqualTo(2);
  }

  @Test
  void anotherOrderWaitsForTheRowAndGivesUpAfterTheLockTimeout() {
    transactions.prepare(order, () -> take(1));
    long other = anOrder();

    assertThatThrownBy(() -> transactions.prepare(other, () -> take(1)))
        .hasStackTraceContaining("lock timeout");
    assertThat(transactions.outcome(other)).isEmpty();

    transactions.commit(order);
    assertThat(transactions.prepare(other, () -> take(1))).isEqualTo(Vote.PREPARED);
    transactions.commit(other);
    assertThat(pieces()).isEqualTo(1);
  }

  @Test
  void aRollbackWaitsForAPreparationThatIsUnderWayAndThenFindsIt() throws Exception {
    var working = new CountDownLatch(1);
    var mayEnd = new CountDownLatch(1);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var vote =
          threads.submit(() ->
              transactions.prepare(
                  order,
                  () -> {
                    working.countDown();
                    return await(mayEnd) && take(1);
                  }));
      working.await();
      assertThatThrownBy(() -> transactions.rollBack(order))
          .hasStackTraceContaining("lock timeout");
      mayEnd.countDown();

      assertThat(vote.get()).isEqualTo(Vote.PREPARED);
    }
    assertThat(transactions.rollBack(order)).isEqualTo(Outcome.ROLLED_BACK);
    assertThat(pieces()).isEqualTo(3);
  }

  @Test
  void twoDecidersAgreeOnOneOutcome() throws Exception {
    for (int round = 0; round < 30; round++) {
      long id = anOrder();
      jdbc.sql("update shelf set pieces = 3").update();
      transactions.prepare(id, () -> take(1));

      var outcomes =
          together(
              () -> retried(() -> transactions.commit(id)),
              () -> retried(() -> Optional.of(transactions.rollBack(id))));

      var end = transactions.outcome(id).orElseThrow();
      assertThat(outcomes.getLast()).contains(end);
      assertThat(outcomes.getFirst().orElse(Outcome.ROLLED_BACK)).isEqualTo(end);
      assertThat(pieces()).isEqualTo(end == Outcome.COMMITTED ? 2 : 3);
    }
  }

  @Test
  void theSamePreparationTwiceAtOnceWorksOnce() throws Exception {
    var worked = new AtomicInteger();
    Callable<Vote> preparation =
        () ->
            retried(() ->
                transactions.prepare(
                    order,
                    () -> {
                      worked.incrementAndGet();
                      return take(1);
                    }));

    assertThat(together(preparation, preparation)).containsExactly(Vote.PREPARED, Vote.PREPARED);

    assertThat(worked).hasValue(1);
    transactions.commit(order);
    assertThat(pieces()).isEqualTo(2);
  }

  private static boolean await(CountDownLatch latch) {
    try {
      latch.await();
      return true;
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** As the consumer retries what a lock or a concurrent decision stopped. */
  private static <T> T retried(Callable<T> work) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      try {
        return work.call();
      } catch (DataAccessException busy) {
        assertThat(Failures.isEnvironment(busy)).as("%s", busy).isTrue();
        if (System.nanoTime() > end) {
          throw busy;
        }
      }
    }
  }

  private static <T> List<T> together(Callable<T> first, Callable<T> second) throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var results = new ArrayList<T>();
      for (var result : threads.invokeAll(List.of(first, second))) {
        results.add(result.get());
      }
      return results;
    }
  }
}
