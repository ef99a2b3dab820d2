package dev.mall.verifier;

import dev.mall.cli.MallService;
import dev.mall.verifier.orders.Tables;
import dev.mall.verifier.tables.CatalogueTables;
import dev.mall.verifier.tables.DatabaseAddresses;
import dev.mall.verifier.tables.HeuristicTables;
import dev.mall.verifier.tables.NotificationTables;
import dev.mall.verifier.tables.OrderTables;
import dev.mall.verifier.tables.OutboxTables;
import dev.mall.verifier.tables.PaymentTables;
import dev.mall.verifier.tables.PreparedTables;
import dev.mall.verifier.tables.SagaTables;
import dev.mall.verifier.tables.Snapshot;
import dev.mall.verifier.tables.StockTables;
import dev.mall.verifier.tables.Summary;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All five databases, each as it was at one moment: order-service's first, saga-orchestrator's
 * second. So what must come before an order's end is seen by all others, and what must come before
 * a saga's end by those behind it.
 */
final class Snapshots implements AutoCloseable {

  private static final List<MallService> IN_ORDER =
      List.of(
          MallService.ORDER,
          MallService.SAGA,
          MallService.INVENTORY,
          MallService.PAYMENT,
          MallService.NOTIFICATION);

  private final Map<MallService, Snapshot> snapshots = new EnumMap<>(MallService.class);

  static Snapshots of(DatabaseAddresses databases) throws SQLException {
    var moment = new Snapshots();
    try {
      for (var service : IN_ORDER) {
        moment.snapshots.put(service, Snapshot.of(databases, service));
      }
      return moment;
    } catch (SQLException e) {
      moment.close();
      throw e;
    }
  }

  Tables books() {
    return new Tables(
        new OrderTables(of(MallService.ORDER)),
        new SagaTables(of(MallService.SAGA)),
        new StockTables(of(MallService.INVENTORY)),
        new PaymentTables(of(MallService.PAYMENT)),
        new NotificationTables(of(MallService.NOTIFICATION)));
  }

  CatalogueTables catalogue() {
    return new CatalogueTables(of(MallService.INVENTORY), of(MallService.ORDER));
  }

  List<OutboxTables> outboxes() {
    return IN_ORDER.stream().map(service -> new OutboxTables(of(service))).toList();
  }

  List<PreparedTables> prepared() {
    return IN_ORDER.stream().map(service -> new PreparedTables(of(service))).toList();
  }

  List<HeuristicTables> heuristics() {
    return Stream.of(MallService.INVENTORY, MallService.PAYMENT)
        .map(participant -> new HeuristicTables(of(participant), of(MallService.ORDER)))
        .toList();
  }

  /** A description of the work in flight. */
  List<String> underWay(Set<Long> planted) throws SQLException {
    var found = new ArrayList<String>();
    count(found, books().orders().pending(planted), "orders are PENDING");
    count(found, books().sagas().open(planted), "sagas have not ended");
    for (var outbox : outboxes()) {
      count(found, outbox.waiting(), "messages wait in the outbox of " + outbox.service());
    }
    return found;
  }

  Summary summary() throws SQLException {
    var books = books();
    return new Summary(
        books.orders().summary(),
        books.sagas().summary(),
        books.stock().summary(),
        books.money().summary(),
        books.inbox().summary(),
        books.sagas().deadLetters());
  }

  private static void count(List<String> found, long count, String what) {
    if (count > 0) {
      found.add(count + " " + what);
    }
  }

  private Snapshot of(MallService service) {
    return Optional.ofNullable(snapshots.get(service)).orElseThrow();
  }

  @Override
  public void close() throws SQLException {
    for (var snapshot : snapshots.values()) {
      snapshot.close();
    }
  }
}
