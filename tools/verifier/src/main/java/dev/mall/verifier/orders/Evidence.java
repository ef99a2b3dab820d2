package dev.mall.verifier.orders;

import dev.mall.verifier.books.Inbox;
import dev.mall.verifier.books.Money;
import dev.mall.verifier.books.Orders;
import dev.mall.verifier.books.Sagas;
import dev.mall.verifier.books.Stock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What each service says of one order; null is nothing. */
record Evidence(
    long orderId,
    Orders.@Nullable Row order,
    Sagas.@Nullable Row saga,
    Stock.@Nullable Row reservation,
    Money.@Nullable Row money,
    Inbox.@Nullable Row inbox) {

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
