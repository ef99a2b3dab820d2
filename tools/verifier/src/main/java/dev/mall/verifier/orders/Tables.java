package dev.mall.verifier.orders;

import dev.mall.verifier.tables.NotificationTables;
import dev.mall.verifier.tables.OrderCursor;
import dev.mall.verifier.tables.OrderTables;
import dev.mall.verifier.tables.PaymentTables;
import dev.mall.verifier.tables.SagaTables;
import dev.mall.verifier.tables.StockTables;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Snapshots of the five services' tables. */
public record Tables(
    OrderTables orders,
    SagaTables sagas,
    StockTables stock,
    PaymentTables money,
    NotificationTables inbox) {

  Cursors open() throws SQLException {
    return new Cursors(
        orders.all(), sagas.all(), stock.reservations(), money.payments(), inbox.all());
  }

  /** Goes through them side by side. */
  record Cursors(
      OrderCursor<OrderTables.Row> orders,
      OrderCursor<SagaTables.Row> sagas,
      OrderCursor<StockTables.Row> reservations,
      OrderCursor<PaymentTables.Row> payments,
      OrderCursor<NotificationTables.Row> inbox)
      implements AutoCloseable {

    @Nullable OrderRecords next() throws SQLException {
      long order =
          LongStream.of(
                  orders.orderId(),
                  sagas.orderId(),
                  reservations.orderId(),
                  payments.orderId(),
                  inbox.orderId())
              .min()
              .orElseThrow();
      return order == Long.MAX_VALUE
          ? null
          : new OrderRecords(
              order,
              orders.take(order),
              sagas.take(order),
              reservations.take(order),
              payments.take(order),
              inbox.take(order));
    }

    @Override
    public void close() throws SQLException {
      try (orders;
          sagas;
          reservations;
          payments;
          inbox) {
        // each is closed
      }
    }
  }
}
