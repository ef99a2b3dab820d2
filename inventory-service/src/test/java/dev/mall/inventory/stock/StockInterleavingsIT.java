package dev.mall.inventory.stock;

import static dev.mall.inventory.stock.StockFixtures.commit;
import static dev.mall.inventory.stock.StockFixtures.line;
import static dev.mall.inventory.stock.StockFixtures.release;
import static dev.mall.inventory.stock.StockFixtures.reserve;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.InventoryCommand;
import dev.mall.contracts.InventoryReply;
import dev.mall.contracts.InventoryReply.ReservationCommitted;
import dev.mall.contracts.InventoryReply.ReservationReleased;
import dev.mall.inventory.stock.reservation.Reservation;
import dev.mall.inventory.stock.reservation.ReservationStore;
import dev.mall.messaging.database.TimeFloor;
import dev.mall.messaging.idempotency.ReplyLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Two transactions about one reservation: the second begins at each point of the first, and runs
 * until it is done or waits for the first.
 */
@Tag("long")
class StockInterleavingsIT extends StockServiceTests {

  private static final ExecutorService OTHERS = Executors.newVirtualThreadPerTaskExecutor();

  /** On connections of its own: the test's is inside the first transaction. */
  private static final JdbcClient ASIDE = JdbcClient.create(DATABASE.dataSource());

  @Autowired ReplyLog replyLog;
  @Autowired ApplicationEventPublisher events;
  @Autowired StockProperties properties;

  private final List<InventoryReply> replies = new ArrayList<>();

  private enum Before {
    NOTHING,
    HELD_TOO_LONG,
    EXPIRED
  }

  private enum Act {
    RESERVE,
    COMMIT,
    RELEASE,
    EXPIRE
  }

  /** Where the first transaction is when the second begins. */
  private enum Point {
    BEGUN,
    RESERVATION_LOCKED,
    STOCK_LOCKED,
    RESERVATION_WRITTEN,
    STOCK_WRITTEN
  }

  @AfterAll
  static void close() {
    OTHERS.close();
  }

  @ParameterizedTest
  @EnumSource
  void agreeOnOneOutcomeWhereverTheyMeet(Act first) {
    for (var before : Before.values()) {
      for (var second : Act.values()) {
        for (var point : Point.values()) {
          meet(before, first, second, point);
        }
      }
      StockAudit.passes(jdbc);
    }
  }

  private void meet(Before before, Act first, Act second, Point point) {
    replies.clear();
    var sku = aProductWith(2);
    long order = anOrder();
    prepare(before, order, sku);

    var other = new Other(order, sku, second);
    runFirst(first, order, sku, point, other);
    other.await();

    replies.addAll(handle(List.of(commit(order), release(order))));
    var sold = replies.stream().anyMatch(ReservationCommitted.class::isInstance);
    var calledOff = replies.stream().anyMatch(ReservationReleased.class::isInstance);
    assertThat(sold)
        .as("%s, %s meets %s at %s: %s", before, first, second, point, replies)
        .isNotEqualTo(calledOff);
    assertThat(level(sku))
        .as("%s, %s meets %s at %s: %s", before, first, second, point, replies)
        .isEqualTo(new StockLevel(sku, sold ? 0 : 2, 0, 2, sold ? 2 : 0));
  }

  private void prepare(Before before, long order, String sku) {
    if (before != Before.NOTHING) {
      handle(reserve(order, line(sku, 2)));
      overdue(order);
    }
    if (before == Before.EXPIRED) {
      expire.expireSome();
    }
  }

  /** Retries as the consumer does, until no other writer was faster. */
  private void runFirst(Act act, long order, String sku, Point point, Other other) {
    var meeting = new Meeting(point, other);
    while (true) {
      try {
        replies.addAll(transaction.execute(_ -> act(act, order, sku, meeting)));
        return;
      } catch (TransientDataAccessException _) {
        Thread.onSpinWait();
      }
    }
  }

  private List<InventoryReply> act(Act act, long order, String sku, Meeting meeting) {
    meeting.at(Point.BEGUN);
    var reservations = new WatchedReservations(jdbc, meeting);
    var stock = new WatchedStock(jdbc, meeting);
    if (act == Act.EXPIRE) {
      new ExpireReservations(reservations, stock, properties, events).expireSome();
      return List.of();
    }
    return inventoryReplies(
        new HandleStockCommands(reservations, stock, replyLog, properties, events)
            .handle(received(List.of(command(act, order, sku))), Fence.NONE));
  }

  private static InventoryCommand command(Act act, long order, String sku) {
    return switch (act) {
      case RESERVE -> reserve(order, line(sku, 2));
      case COMMIT -> commit(order);
      case RELEASE, EXPIRE -> release(order);
    };
  }

  /** Has the other begin once, at one point, and gives it all the time it can use. */
  private final class Meeting {
    private final Point point;
    private final Other other;

    Meeting(Point point, Other other) {
      this.point = point;
      this.other = other;
    }

    void at(Point reached) {
      if (reached == point) {
        other.beginAndRunAsFarAsItCan();
      }
    }
  }

  /** The second transaction. */
  private final class Other {
    private final long order;
    private final String sku;
    private final Act act;
    private Future<List<InventoryReply>> running;

    Other(long order, String sku, Act act) {
      this.order = order;
      this.sku = sku;
      this.act = act;
    }

    void beginAndRunAsFarAsItCan() {
      if (running != null) {
        return; // the first is at it again
      }
      running = OTHERS.submit(this::run);
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(2))
          .until(() -> running.isDone() || aTransactionWaits());
    }

    private List<InventoryReply> run() {
      while (true) {
        try {
          if (act == Act.EXPIRE) {
            expire.expireSome();
            return List.of();
          }
          return handle(List.of(command(act, order, sku)));
        } catch (TransientDataAccessException _) {
          Thread.onSpinWait();
        }
      }
    }

    private boolean aTransactionWaits() {
      return ASIDE
              .sql(
                  """
                  select count(*) from pg_stat_activity
                   where datname = current_database() and wait_event_type = 'Lock'
                  """)
              .query(Integer.class)
              .single()
          > 0;
    }

    void await() {
      if (running == null) {
        beginAndRunAsFarAsItCan(); // the first never came there
      }
      Awaitility.await().atMost(Duration.ofSeconds(60)).until(running::isDone);
      replies.addAll(running.resultNow());
    }
  }

  private static final class WatchedReservations extends ReservationStore {
    private final Meeting meeting;

    WatchedReservations(JdbcClient jdbc, Meeting meeting) {
      super(jdbc, new TimeFloor(Duration.ofSeconds(20)));
      this.meeting = meeting;
    }

    @Override
    public List<Reservation> locked(Collection<Long> orders) {
      var locked = super.locked(orders);
      meeting.at(Point.RESERVATION_LOCKED);
      return locked;
    }

    @Override
    public List<Reservation> lockedExpired(int most) {
      var locked = super.lockedExpired(most);
      meeting.at(Point.RESERVATION_LOCKED);
      return locked;
    }

    @Override
    public void write(List<Reservation> reservations) {
      super.write(reservations);
      meeting.at(Point.RESERVATION_WRITTEN);
    }
  }

  private static final class WatchedStock extends StockStore {
    private final Meeting meeting;

    WatchedStock(JdbcClient jdbc, Meeting meeting) {
      super(jdbc, new SimpleMeterRegistry());
      this.meeting = meeting;
    }

    @Override
    List<StockLevel> locked(Collection<String> skus) {
      var locked = super.locked(skus);
      meeting.at(Point.STOCK_LOCKED);
      return locked;
    }

    @Override
    void write(List<StockChange> changes, Fence fence) {
      super.write(changes, fence);
      meeting.at(Point.STOCK_WRITTEN);
    }
  }
}
