package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.release;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.contracts.InventoryReply.TooManyReservations;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Several writers at once, none of which has a lock: the database alone keeps order. */
class StockRacesIT extends StockServiceTests {

  @Test
  void twoWritersWithoutALockSellWhatThereIsAndNoMore() throws Exception {
    var tea = aProductWith(50);
    var pot = aProductWith(50);
    Callable<List<InventoryReply>> writer =
        () -> {
          var replies = new ArrayList<InventoryReply>();
          for (int batch = 0; batch < 20; batch++) {
            replies.addAll(
                retried(
                    Stream.generate(() -> reserve(anOrder(), line(pot, 1), line(tea, 1)))
                        .limit(3)
                        .toList()));
          }
          return replies;
        };

    var replies = together(List.of(writer, writer)).stream().flatMap(List::stream).toList();

    assertThat(replies).hasSize(120).filteredOn(StockReserved.class::isInstance).hasSize(50);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 50, 50, 50, 0));
    assertThat(level(pot)).isEqualTo(new StockLevel(pot, 50, 50, 50, 0));
  }

  @Test
  void theSameCommandsAtTheSameTimeHaveOneEffectAndOneReply() throws Exception {
    for (int round = 0; round < 20; round++) {
      var tea = aProductWith(10);
      var batch = Stream.generate(() -> reserve(anOrder(), line(tea, 1))).limit(5).toList();

      var replies = together(Collections.nCopies(3, () -> retried(batch)));

      assertThat(level(tea).reserved()).as("round %d", round).isEqualTo(5);
      assertThat(replies).as("round %d", round).containsOnly(replies.getFirst());
    }
  }

  @Test
  void aReleaseAndItsReservationAtTheSameTimeLeaveNothingHeld() throws Exception {
    for (int round = 0; round < 20; round++) {
      var tea = aProductWith(1);
      long order = anOrder();

      together(
          List.of(
              () -> retried(List.of(reserve(order, line(tea, 1)))),
              () -> retried(List.of(release(order)))));

      assertThat(state(order)).as("round %d", round).isEqualTo("RELEASED");
      assertThat(level(tea).reserved()).as("round %d", round).isZero();
    }
  }

  @Test
  void batchesOfOneCustomerAtTheSameTimeHoldNoMoreThanOneMay() throws Exception {
    var customer = "greedy-" + anOrder();
    Callable<List<InventoryReply>> writer =
        () -> {
          var replies = new ArrayList<InventoryReply>();
          for (int batch = 0; batch < 10; batch++) {
            replies.addAll(
                retried(
                    Stream.generate(() -> reserve(customer, anOrder(), line(aLastPiece(), 1)))
                        .limit(6)
                        .toList()));
          }
          return replies;
        };

    var replies = together(List.of(writer, writer, writer)).stream().flatMap(List::stream).toList();

    assertThat(replies).hasSize(180).filteredOn(StockReserved.class::isInstance).hasSize(100);
    assertThat(replies).filteredOn(TooManyReservations.class::isInstance).hasSize(80);
  }

  /** A shelf of its own, so that it is not the shelf that keeps the writers apart. */
  private String aLastPiece() {
    return aProductWith(1);
  }

  @Test
  void expiryCommitAndReleaseOfOneReservationAgreeOnOneEnd() throws Exception {
    for (int round = 0; round < 20; round++) {
      var tea = aProductWith(2);
      long order = anOrder();
      handle(reserve(order, line(tea, 2)));
      overdue(order);

      together(
          List.of(
              () -> List.of(retried(List.of(commit(order))).getFirst()),
              () -> List.of(retried(List.of(release(order))).getFirst()),
              () -> {
                expire.expireSome();
                return List.of();
              }));

      var committed = handle(commit(order));
      assertThat(state(order)).as("round %d", round).isIn("COMMITTED", "RELEASED");
      assertThat(committed)
          .as("round %d", round)
          .isInstanceOf(
              state(order).equals("COMMITTED") ? ReservationCommitted.class : CommitRefused.class);
      StockAudit.passes(jdbc);
    }
  }

  @Test
  void anyMixOfCommandsReceiptsAndSweepsFromFourWritersAddsUp() throws Exception {
    var skus = IntStream.range(0, 4).mapToObj(_ -> aProductWith(30)).toList();
    var orders = Stream.generate(() -> anOrder()).limit(40).toList();
    var wishes =
        orders.stream()
            .map(order -> {
              int from = (int) (order % 3);
              return reserve(order, line(skus.get(from), 2), line(skus.get(from + 1), 1));
            })
            .toList();
    var writers =
        IntStream.range(0, 4)
            .<Callable<List<InventoryReply>>>mapToObj(seed -> () -> anything(seed, wishes, skus))
            .toList();

    together(writers);

    StockAudit.passes(jdbc);
  }

  private List<InventoryReply> anything(
      int seed, List<? extends InventoryCommand> wishes, List<String> skus) {
    var random = random(seed);
    for (int i = 0; i < 40; i++) {
      switch (random.nextInt(6)) {
        case 0 -> expire.expireSome();
        case 1 -> receipts.receive(skus.get(random.nextInt(skus.size())), 1, "r-" + seed + "-" + i);
        case 2 -> overdue(wishes.get(random.nextInt(wishes.size())).step().orderId());
        default ->
            retried(
                Stream.generate(() -> something(random, wishes))
                    .limit(1 + random.nextInt(10))
                    .toList());
      }
    }
    return List.of();
  }

  private static InventoryCommand something(
      RandomGenerator random, List<? extends InventoryCommand> wishes) {
    var wish = wishes.get(random.nextInt(wishes.size()));
    return switch (random.nextInt(4)) {
      case 0 -> commit(wish.step().orderId());
      case 1 -> release(wish.step().orderId());
      default -> wish;
    };
  }

  /** Retries as the consumer does, until no other writer was faster. */
  private List<InventoryReply> retried(List<? extends InventoryCommand> batch) {
    while (true) {
      try {
        return handle(batch);
      } catch (StaleWriteException _) {
        Thread.onSpinWait();
      }
    }
  }

  private static <T> List<T> together(List<? extends Callable<T>> tasks)
      throws InterruptedException, ExecutionException {
    var start = new CyclicBarrier(tasks.size());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          tasks.stream()
              .map(task ->
                  threads.submit(() -> {
                    start.await();
                    return task.call();
                  }))
              .toList();
      var results = new ArrayList<T>();
      for (var task : running) {
        results.add(task.get());
      }
      return results;
    }
  }

  private static RandomGenerator random(long seed) {
    return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
  }
}
