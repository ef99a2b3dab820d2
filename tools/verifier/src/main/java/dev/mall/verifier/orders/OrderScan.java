package dev.mall.verifier.orders;

import dev.mall.cli.MallService;
import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.findings.Kind;
import dev.mall.verifier.tables.DatabaseAddresses;
import dev.mall.verifier.tables.OrderTables;
import dev.mall.verifier.tables.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Walks through all orders in the order of their ids, with what each service says of them side by
 * side, and judges each.
 *
 * <p>order-service was looked at first. Therefore whatever had to come before an order's end is in
 * the other tables. Later records may be in them, too, without their order: such orders are looked
 * up again before anything is said of them.
 */
public final class OrderScan {

  private static final int LOOKED_UP_AT_ONCE = 1_000;

  private final Tables books;
  private final DatabaseAddresses databases;
  private final Patience patience;
  private final Consumer<Finding> findings;
  private final ShortageCheck shelves;
  private final Map<Long, OrderRecords> doubtful = new HashMap<>();

  /**
   * When an order is judged.
   *
   * @param drained whether nothing is under way, so that every order is judged
   * @param finalFor else only those that have been final for longer than this
   * @param late how long something may be past its time
   * @param healed whether no fault is left, so that no command may be sent again
   */
  public record Patience(boolean drained, Duration finalFor, Duration late, boolean healed) {}

  /**
   * @throws SQLException if a database cannot be read
   */
  public OrderScan(
      Tables books, DatabaseAddresses databases, Patience patience, Consumer<Finding> findings)
      throws SQLException {
    this.books = books;
    this.databases = databases;
    this.patience = patience;
    this.findings = findings;
    this.shelves = new ShortageCheck(books.stock().supplies());
  }

  /** Returns how many orders were judged as final. */
  public long judgeAll() throws SQLException {
    long judged = 0;
    try (var cursors = books.open()) {
      for (var each = cursors.next(); each != null; each = cursors.next()) {
        judged += judge(each);
        if (doubtful.size() >= LOOKED_UP_AT_ONCE) {
          lookAgain();
        }
      }
    }
    lookAgain();
    return judged;
  }

  private int judge(OrderRecords evidence) {
    if (evidence.money() != null) {
      var unbooked = OrderChecks.ofPayment(evidence, evidence.money());
      if (unbooked.isPresent()) {
        findings.accept(unbooked.get());
        return 0;
      }
    }
    var order = evidence.order();
    if (order == null) {
      doubtful.put(evidence.orderId(), evidence);
      return 0;
    }
    OrderChecks.ofAny(evidence, order).forEach(findings);
    if (order.isPending()) {
      judgePending(evidence, order);
      return 0;
    }
    if (!patience.drained() && order.finalFor().compareTo(patience.finalFor()) <= 0) {
      return 0;
    }
    if (!patience.drained() && order.isConfirmed() && evidence.showsAReturn()) {
      return 0; // it may have begun after order-service was looked at
    }
    OrderChecks.ofFinal(evidence, order, shelves).forEach(findings);
    return 1;
  }

  private void judgePending(OrderRecords evidence, OrderTables.Row order) {
    var saga = evidence.saga();
    if ((saga != null && !saga.isOpen()) || evidence.inbox() != null) {
      doubtful.put(evidence.orderId(), evidence);
    }
    if (saga == null) {
      judgeWaiting(evidence, order);
    }
  }

  private void judgeWaiting(OrderRecords evidence, OrderTables.Row order) {
    if (order.unannouncedFor().compareTo(patience.late()) > 0) {
      found(Kind.STUCK_IN_SILENCE, evidence, "nothing took it up, and it is not announced again");
    } else if (patience.healed() && order.announcements() > 1) {
      found(
          Kind.OVERDUE,
          evidence,
          "it was announced %d times, and nothing took it up".formatted(order.announcements()));
    }
  }

  /** Reads records again that may have changed between two snapshots. */
  private void lookAgain() throws SQLException {
    if (doubtful.isEmpty()) {
      return;
    }
    Map<Long, String> now;
    try (var fresh = Snapshot.of(databases, MallService.ORDER)) {
      now = new OrderTables(fresh).statusOf(doubtful.keySet());
    }
    doubtful.values().forEach(each -> judgeAgain(each, now.getOrDefault(each.orderId(), "")));
    doubtful.clear();
  }

  private void judgeAgain(OrderRecords evidence, String status) {
    var saga = evidence.saga();
    if (status.isEmpty()) {
      found(
          saga != null && saga.isReturnOnly() ? Kind.SAGA_DISAGREES : Kind.ORDER_LOST,
          evidence,
          "others know of it, order-service does not");
    } else if (evidence.order() != null && status.equals("PENDING")) {
      if (saga != null && !saga.isOpen()) {
        found(Kind.SAGA_DISAGREES, evidence, "it is PENDING, its saga is " + saga);
      } else {
        found(
            Kind.NOTIFIED_WRONGLY, evidence, "it is PENDING, its customer was notified of its end");
      }
    }
  }

  private void found(Kind kind, OrderRecords evidence, String says) {
    findings.accept(OrderChecks.finding(kind, evidence, says));
  }
}
