package dev.mall.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.PaymentCommand;
import dev.mall.contracts.PaymentReply.PaymentCharged;
import dev.mall.contracts.PaymentReply.PaymentRefunded;
import dev.mall.contracts.values.StepKey;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.payment.wallet.MakeDeposit;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Many at once about the same wallets and the same orders, as after a rebalance, when an old owner
 * of a partition does not know yet that it is one.
 */
class RacesIT extends PaymentServiceTests {

  private static final int THREADS = 6;

  @Autowired TransactionTemplate transaction;

  @AfterEach
  void theBooksAreInOrder() {
    new PaymentAudit(jdbc).passes();
  }

  @Test
  void oneWalletServesItsDepositsAndChargesAtOnce() throws Exception {
    var ann = aCustomerWith(euro(1_000));
    var charges = IntStream.range(0, 60).mapToObj(_ -> charge(anOrder(), ann, euro(50))).toList();

    var work = new ArrayList<Runnable>();
    charges.forEach(charge -> work.add(() -> handle(charge)));
    IntStream.range(0, 20).forEach(_ -> work.add(() -> deposit(ann, euro(10))));
    all(work);

    long charged =
        charges.stream()
            .map(charge -> replies.one(charge.step()))
            .filter(PaymentCharged.class::isInstance)
            .count();
    assertThat(charged).isBetween(20L, 24L);
    assertThat(balanceOf(ann)).isEqualTo(euro(1_200 - 50 * charged));
  }

  @Test
  void aChargeAndItsRefundMayMeet() throws Exception {
    var ann = aCustomerWith(euro(1_000));
    var orders = Stream.generate(PaymentServiceTests::anOrder).limit(40).toList();

    var work = new ArrayList<Runnable>();
    for (long order : orders) {
      work.add(() -> handle(charge(order, ann, euro(5))));
      work.add(() -> handle(refund(order)));
    }
    all(work);

    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
    assertThat(orders.stream().map(order -> replies.one(key(order, "refund"))))
        .allMatch(PaymentRefunded.class::isInstance);
  }

  @Test
  void whoComesSecondToANewOrderFindsItTaken() throws Exception {
    var ann = aCustomerWith(euro(1_000));
    long order = anOrder();
    try (var threads = Executors.newSingleThreadExecutor()) {
      var second =
          transaction.execute(_ -> {
            handle(charge(order, ann, euro(300)));
            var refund = threads.submit(() -> handle(refund(order)));
            await().until(this::aTransactionWaitsForALock);
            return refund;
          });

      assertThatExceptionOfType(ExecutionException.class)
          .isThrownBy(second::get)
          .withCauseInstanceOf(StaleWriteException.class);
    }

    handle(refund(order));

    assertThat(replies.one(key(order, "refund")))
        .isEqualTo(new PaymentRefunded(key(order, "refund"), 300));
    assertThat(balanceOf(ann)).isEqualTo(euro(1_000));
  }

  @Test
  void zombiesRepeatWholeBatchesInAnyMixture() throws Exception {
    var customers = List.of(aCustomerWith(euro(500)), aCustomerWith(euro(500)), aCustomer());
    var script = new ArrayList<PaymentCommand>();
    for (int n = 0; n < 60; n++) {
      long order = anOrder();
      script.add(charge(order, customers.get(n % 3), euro(20 + n)));
      if (n % 2 == 0) {
        script.add(refund(order));
      }
    }

    all(
        IntStream.range(0, 4 * THREADS)
            .<Runnable>mapToObj(seed -> () -> batches(shuffled(script, seed)).forEach(this::handle))
            .toList());

    replies.await(4 * THREADS, script.stream().map(PaymentCommand::step));
    assertThat(script)
        .allSatisfy(command ->
            assertThat(replies.to(command.step()).stream().distinct())
                .as("one reply, however often it was asked for")
                .hasSize(1));
  }

  @Test
  void racingDepositsUnderOneKeyAreOne() throws Exception {
    var ann = aCustomer();
    var deposit = new MakeDeposit(ann, euro(7), "k-1");

    all(Collections.nCopies(12, () -> deposits.handle(deposit)));

    assertThat(balanceOf(ann)).isEqualTo(euro(7));
  }

  private boolean aTransactionWaitsForALock() {
    return jdbc.sql("select exists (select from pg_locks where not granted)")
        .query(Boolean.class)
        .single();
  }

  private static List<List<PaymentCommand>> batches(List<PaymentCommand> script) {
    return IntStream.rangeClosed(0, (script.size() - 1) / 13)
        .mapToObj(i -> script.subList(i * 13, Math.min(script.size(), (i + 1) * 13)))
        .toList();
  }

  private static List<PaymentCommand> shuffled(List<PaymentCommand> script, int seed) {
    var copy = new ArrayList<>(script);
    Collections.shuffle(copy, new Random(seed));
    return copy;
  }

  private static StepKey key(long orderId, String step) {
    return new StepKey(orderId, step, 1);
  }

  /**
   * Runs everything on a few threads; what the environment broke is done again, as the kit does.
   */
  private static void all(List<? extends Runnable> work) throws Exception {
    try (var threads = Executors.newFixedThreadPool(THREADS)) {
      var tasks = work.stream().<Callable<Integer>>map(each -> () -> untilDone(each)).toList();
      for (var done : threads.invokeAll(tasks)) {
        done.get();
      }
    }
  }

  private static int untilDone(Runnable work) {
    for (int failures = 0; ; failures++) {
      try {
        work.run();
        return failures;
      } catch (DataAccessException e) {
        assertThat(passes(e)).as("%s", e).isTrue();
        assertThat(failures).as("it makes progress: %s", e).isLessThan(100);
      }
    }
  }

  /** A lock that took too long, as on a busy machine, has no exception of its own in Spring. */
  private static boolean passes(DataAccessException failure) {
    return failure instanceof ConcurrencyFailureException
        || failure.getCause() instanceof SQLException sql && "55P03".equals(sql.getSQLState());
  }
}
