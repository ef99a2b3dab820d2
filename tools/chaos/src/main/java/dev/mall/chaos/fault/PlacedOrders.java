package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import dev.mall.cli.MallService;
import dev.mall.cli.Polling;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongPredicate;

/** The orders that customers place from a moment on, as order-service's database has them. */
public final class PlacedOrders {

  private final Mall mall;
  private final Timestamp from;

  private record Placed(long id, boolean settled) {}

  private PlacedOrders(Mall mall, Timestamp from) {
    this.mall = mall;
    this.from = from;
  }

  /** Those that come after this call. */
  public static PlacedOrders fromNowOn(Mall mall) {
    try (var orders = mall.connect(MallService.ORDER)) {
      return new PlacedOrders(mall, now(orders));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until the first {@code number} of {@code some} orders are confirmed or cancelled. */
  public void awaitSettled(int number, LongPredicate some, Duration atMost)
      throws InterruptedException {
    Polling.require(
        atMost,
        () -> {
          var first = placed().stream().filter(it -> some.test(it.id())).limit(number).toList();
          return first.size() == number && first.stream().allMatch(Placed::settled);
        },
        () -> "fewer than %d orders were settled during the fault".formatted(number));
  }

  /** Whether one of {@code some} orders is pending. */
  public boolean isPending(LongPredicate some) {
    return placed().stream().anyMatch(it -> !it.settled() && some.test(it.id()));
  }

  /** In the order of their ids. */
  private List<Placed> placed() {
    var placed = new ArrayList<Placed>();
    try (var orders = mall.connect(MallService.ORDER);
        var query =
            orders.prepareStatement(
                "select id, status <> 'PENDING' from orders where placed_at > ? order by id")) {
      query.setTimestamp(1, from);
      try (var rows = query.executeQuery()) {
        while (rows.next()) {
          placed.add(new Placed(rows.getLong(1), rows.getBoolean(2)));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return placed;
  }

  private static Timestamp now(Connection orders) throws SQLException {
    try (var row = orders.prepareStatement("select clock_timestamp()").executeQuery()) {
      row.next();
      return row.getTimestamp(1);
    }
  }
}
