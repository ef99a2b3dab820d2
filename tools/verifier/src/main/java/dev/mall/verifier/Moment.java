package dev.mall.verifier;

import dev.mall.verifier.books.Catalogue;
import dev.mall.verifier.books.Databases;
import dev.mall.verifier.books.Inbox;
import dev.mall.verifier.books.Money;
import dev.mall.verifier.books.Orders;
import dev.mall.verifier.books.Outbox;
import dev.mall.verifier.books.Sagas;
import dev.mall.verifier.books.Service;
import dev.mall.verifier.books.Snapshot;
import dev.mall.verifier.books.Stock;
import dev.mall.verifier.books.Summary;
import dev.mall.verifier.orders.Books;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All five databases, each as it was at one moment: order-service's first, saga-orchestrator's
 * second. So what must come before an order's end is seen by all others, and what must come before
 * a saga's end by those behind it.
 */
final class Moment implements AutoCloseable {

  private static final List<Service> IN_ORDER =
      List.of(
          Service.ORDER, Service.SAGA, Service.INVENTORY, Service.PAYMENT, Service.NOTIFICATION);

  private final Map<Service, Snapshot> snapshots = new EnumMap<>(Service.class);

  static Moment of(Databases databases) throws SQLException {
    var moment = new Moment();
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

  Books books() {
    return new Books(
        new Orders(of(Service.ORDER)),
        new Sagas(of(Service.SAGA)),
        new Stock(of(Service.INVENTORY)),
        new Money(of(Service.PAYMENT)),
        new Inbox(of(Service.NOTIFICATION)));
  }

  Catalogue catalogue() {
    return new Catalogue(of(Service.INVENTORY), of(Service.ORDER));
  }

  List<Outbox> outboxes() {
    return IN_ORDER.stream().map(service -> new Outbox(of(service))).toList();
  }

  /** What has not come to its end, in words. */
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
        books.inbox().summary());
  }

  private static void count(List<String> found, long count, String what) {
    if (count > 0) {
      found.add(count + " " + what);
    }
  }

  private Snapshot of(Service service) {
    return Optional.ofNullable(snapshots.get(service)).orElseThrow();
  }

  @Override
  public void close() throws SQLException {
    for (var snapshot : snapshots.values()) {
      snapshot.close();
    }
  }
}
