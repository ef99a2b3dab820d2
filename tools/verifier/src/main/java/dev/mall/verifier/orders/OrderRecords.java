package dev.mall.verifier.orders;

import dev.mall.verifier.tables.NotificationTables;
import dev.mall.verifier.tables.OrderTables;
import dev.mall.verifier.tables.PaymentTables;
import dev.mall.verifier.tables.SagaTables;
import dev.mall.verifier.tables.StockTables;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The records of one order in each service; null if there is none. */
record OrderRecords(
    long orderId,
    OrderTables.@Nullable Row order,
    SagaTables.@Nullable Row saga,
    StockTables.@Nullable Row reservation,
    PaymentTables.@Nullable Row money,
    NotificationTables.@Nullable Row inbox) {

  /** Whether a service knows of the order's return. */
  boolean showsAReturn() {
    return (saga != null && saga.returnState() != null)
        || (reservation != null && reservation.state().equals("RETURNED"))
        || (money != null && "REFUNDED".equals(money.state()))
        || (inbox != null && inbox.outcomes().contains("RETURNED"));
  }

  /** For people. */
  Map<String, String> rows() {
    var rows = new LinkedHashMap<String, String>();
    rows.put("order", String.valueOf(order == null ? "none" : order));
    rows.put("saga", String.valueOf(saga == null ? "none" : saga));
    rows.put("reservation", String.valueOf(reservation == null ? "none" : reservation));
    rows.put("payment", money == null ? "none" : money.payment());
    rows.put("ledger", money == null ? "nothing" : money.ledger());
    rows.put("inbox", String.valueOf(inbox == null ? "nothing" : inbox));
    return rows;
  }
}
