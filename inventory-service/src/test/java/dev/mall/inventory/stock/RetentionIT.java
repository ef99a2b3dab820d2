package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.release;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static dev.mall.inventory.stock.StockFixtures.restock;
import static dev.mall.inventory.stock.StockFixtures.round;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryReply.CommitRefused;
import dev.mall.contracts.InventoryReply.OrderRestocked;
import dev.mall.contracts.InventoryReply.ReleaseRefused;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.contracts.InventoryReply.ReserveRefused;
import dev.mall.contracts.InventoryReply.StockReserved;
import dev.mall.inventory.stock.reservation.ReservationStore;
import dev.mall.messaging.retention.RetentionJob;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Archiving and deleting settled rows changes no outcome. */
class RetentionIT extends StockServiceTests {

  private static final AtomicLong OLD_ORDERS = new AtomicLong(-1_000_000);

  @Autowired RetentionJob sweeper;
  @Autowired ReservationStore reservations;

  @Test
  void archivesWhatIsSettledAndOldAndNothingElse() {
    var tea = aProductWith(20);
    var orders = Stream.generate(() -> anOldOrder()).limit(6).toList();
    handle(orders.stream().map(order -> reserve(order, line(tea, 1))).toList());
    long sold = orders.get(0);
    long calledOff = orders.get(1);
    long expired = orders.get(2);
    long held = orders.get(3);
    long young = orders.get(4);
    long busy = orders.get(5);
    handle(List.of(commit(sold), release(calledOff), commit(young), commit(busy)));
    overdue(expired);
    expire.expireSome();
    List.of(sold, calledOff, expired, busy).forEach(order -> age(order, "32 days"));
    age(young, "30 days");

    transaction.executeWithoutResult(_ -> {
      reservations.locked(List.of(busy));
      try (var other = Executors.newVirtualThreadPerTaskExecutor()) {
        other.execute(sweeper::sweep);
      }
    });

    assertThat(archived(sold, calledOff, expired, held, young, busy)).containsOnly(sold, calledOff);
    assertThat(state(expired)).isEqualTo("EXPIRED");
    assertThat(handle(commit(expired))).isInstanceOf(ReservationCommitted.class);
    assertThat(level(tea).sold()).isEqualTo(4);
  }

  @Test
  void answersAboutArchivedOrdersAsBefore() {
    var tea = aProductWith(10);
    long sold = anOldOrder();
    long calledOff = anOldOrder();
    var first = handle(List.of(reserve(sold, line(tea, 2)), commit(sold), release(calledOff)));
    List.of(sold, calledOff).forEach(order -> age(order, "32 days"));
    sweeper.sweep();
    assertThat(archived(sold, calledOff)).containsOnly(sold, calledOff);
    var level = level(tea);

    assertThat(handle(List.of(reserve(sold, line(tea, 2)), commit(sold), release(calledOff))))
        .isEqualTo(first);
    assertThat(
            handle(
                List.of(
                    round(2, reserve(sold, line(tea, 2))),
                    round(2, commit(sold)),
                    round(2, release(sold)),
                    round(2, release(calledOff)),
                    commit(calledOff),
                    reserve(calledOff, line(tea, 1)))))
        .hasExactlyElementsOfTypes(
            StockReserved.class,
            ReservationCommitted.class,
            ReleaseRefused.class,
            ReservationReleased.class,
            CommitRefused.class,
            ReserveRefused.class);

    assertThat(level(tea)).isEqualTo(level);
  }

  @Test
  void forgetsAnswersOnlyWhenNoRepeatIsTakenAnyMore() {
    long old = anOldOrder();
    long young = anOldOrder();
    handle(List.of(release(old), release(young)));
    jdbc.sql("update decision set decided_at = now() - interval '32 days' where order_id = ?")
        .param(old)
        .update();
    jdbc.sql("update decision set decided_at = now() - interval '30 days' where order_id = ?")
        .param(young)
        .update();

    sweeper.sweep();

    assertThat(
            jdbc.sql("select order_id from decision where order_id in (?, ?)")
                .params(old, young)
                .query(Long.class)
                .list())
        .containsExactly(young);
    assertThat(handle(release(old))).isInstanceOf(ReservationReleased.class);
  }

  @Test
  void deletesOutcomesOfTransactionsOnlyWhenNoCommandIsRepeated() {
    long old = anOldOrder();
    long young = anOldOrder();
    jdbc.sql(
            """
            insert into two_phase_outcome (order_id, outcome, written_at)
            values (?, 'COMMITTED', now() - interval '32 days'),
                   (?, 'ROLLED_BACK', now() - interval '30 days')
            """)
        .params(old, young)
        .update();

    sweeper.sweep();

    assertThat(
            jdbc.sql("select order_id from two_phase_outcome where order_id in (?, ?)")
                .params(old, young)
                .query(Long.class)
                .list())
        .containsExactly(young);
  }

  @Test
  void sweepsWhileOrdersComeAndGo() throws Exception {
    var tea = aProductWith(1_000);
    var done = new AtomicBoolean();
    try (var sweepers = Executors.newVirtualThreadPerTaskExecutor()) {
      var running =
          Stream.generate(() -> sweepers.submit(() -> sweepUntil(done))).limit(2).toList();
      for (int i = 0; i < 20; i++) {
        long sold = anOldOrder();
        long calledOff = anOldOrder();
        handle(List.of(reserve(sold, line(tea, 1)), reserve(calledOff, line(tea, 1))));
        handle(List.of(commit(sold), release(calledOff)));
        List.of(sold, calledOff).forEach(order -> age(order, "32 days"));
        assertThat(handle(List.of(commit(sold), round(2, commit(sold)))))
            .hasOnlyElementsOfType(ReservationCommitted.class);
      }
      done.set(true);
      for (var each : running) {
        each.get();
      }
    }
    sweeper.sweep();

    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 980, 0, 1_000, 20));
  }

  @Test
  void restocksAnArchivedReservationWhichIsThenArchivedAgain() {
    var tea = aProductWith(10);
    long order = anOldOrder();
    handle(reserve(order, line(tea, 4)));
    handle(commit(order));
    age(order, "32 days");
    sweeper.sweep();
    assertThat(archived(order)).containsExactly(order);

    assertThat(handle(restock(order))).isInstanceOf(OrderRestocked.class);

    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 10, 0, 10, 0));
    assertThat(archived(order)).isEmpty();
    sweeper.sweep();
    assertThat(archived(order)).containsExactly(order);
    assertThat(handle(round(2, restock(order)))).isInstanceOf(OrderRestocked.class);
    assertThat(level(tea)).isEqualTo(new StockLevel(tea, 10, 0, 10, 0));
  }

  @Test
  void theArchiveHasTheSameColumns() {
    for (var table : List.of("reservation", "reservation_line")) {
      assertThat(columns(table + "_archive")).isEqualTo(columns(table)).isNotEmpty();
    }
  }

  /** Before all orders of other tests, as what is old is. */
  private static long anOldOrder() {
    return OLD_ORDERS.incrementAndGet();
  }

  private void sweepUntil(AtomicBoolean done) {
    while (!done.get()) {
      sweeper.sweep();
    }
  }

  private List<String> columns(String table) {
    return jdbc.sql(
            """
            select column_name || ' ' || data_type from information_schema.columns
             where table_name = ? order by ordinal_position
            """)
        .param(table)
        .query(String.class)
        .list();
  }

  private void age(long order, String interval) {
    jdbc.sql(
            """
            update reservation set held_until = now() - cast(? as interval) where order_id = ?
            """)
        .params(interval, order)
        .update();
  }

  private List<Long> archived(Long... orders) {
    return jdbc.sql("select order_id from reservation_archive where order_id = any(:orders)")
        .param("orders", Stream.of(orders).mapToLong(Long::longValue).toArray())
        .query(Long.class)
        .list();
  }
}
