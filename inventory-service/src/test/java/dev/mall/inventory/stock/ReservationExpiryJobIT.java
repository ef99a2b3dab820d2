package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.inventory.stock.reservation.ReservationStore;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.scheduling.concurrent.SimpleAsyncTaskScheduler;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

class ReservationExpiryJobIT extends StockServiceTests {

  @Autowired ReservationStore reservations;
  @Autowired StockStore stock;
  @Autowired ApplicationEventPublisher events;

  @Test
  void wakesUpForTheNextReservationThatIsDue() {
    var tea = aProductWith(1);
    long order = anOrder();
    handle(reserve(order, line(tea, 1)));
    dueIn(order, "1 second");

    try (var scheduler = new SimpleAsyncTaskScheduler()) {
      var tasks = new ScheduledTaskRegistrar();
      tasks.setTaskScheduler(scheduler);
      job(Duration.ofMinutes(10), 500).configureTasks(tasks);
      tasks.afterPropertiesSet();

      await().until(() -> state(order).equals("EXPIRED"));
    }
    assertThat(level(tea).reserved()).isZero();
  }

  @Test
  void goesOnUntilNothingIsOverdue() {
    var tea = aProductWith(5);
    var orders = Stream.generate(() -> anOrder()).limit(5).toList();
    handle(orders.stream().map(order -> reserve(order, line(tea, 1))).toList());
    orders.forEach(order -> dueIn(order, "-1 second"));

    job(Duration.ofSeconds(30), 2).expireOverdue();

    assertThat(orders).extracting(this::state).containsOnly("EXPIRED");
    assertThat(level(tea).reserved()).isZero();
  }

  @Test
  void skipsReservationsThatAnotherTransactionHasLocked() throws Exception {
    var tea = aProductWith(2);
    long busy = anOrder();
    long free = anOrder();
    handle(List.of(reserve(busy, line(tea, 1)), reserve(free, line(tea, 1))));
    List.of(busy, free).forEach(order -> dueIn(order, "-1 second"));

    transaction.executeWithoutResult(_ -> {
      reservations.locked(List.of(busy));
      Thread.ofVirtual().start(() -> job(Duration.ofSeconds(30), 500).expireOverdue());
      await().until(() -> state(free).equals("EXPIRED"));
      assertThat(state(busy)).isEqualTo("HELD");
    });
  }

  private ReservationExpiryJob job(Duration atMost, int batch) {
    var properties = new StockProperties(Duration.ofMinutes(30), 100, atMost, batch);
    return new ReservationExpiryJob(expiring(properties), reservations, properties);
  }

  /** One transaction per batch, as the bean has it. */
  private ExpireReservations expiring(StockProperties properties) {
    return new ExpireReservations(reservations, stock, properties, events) {
      @Override
      int expireSome() {
        return transaction.execute(_ -> super.expireSome());
      }
    };
  }

  private void dueIn(long order, String interval) {
    jdbc.sql(
            """
            update reservation set held_until = now() + cast(:interval as interval)
             where order_id = :order
            """)
        .param("interval", interval)
        .param("order", order)
        .update();
  }
}
