package dev.mall.verifier.orders;

import dev.mall.verifier.books.Cursor;
import dev.mall.verifier.books.Inbox;
import dev.mall.verifier.books.Money;
import dev.mall.verifier.books.Orders;
import dev.mall.verifier.books.Sagas;
import dev.mall.verifier.books.Stock;
import java.sql.SQLException;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The five services' books, as they were when they were opened. */
public record Books(Orders orders, Sagas sagas, Stock stock, Money money, Inbox inbox) {

  Cursors open() throws SQLException {
    return new Cursors(
        orders.all(), sagas.all(), stock.reservations(), money.payments(), inbox.all());
  }

  /** Goes through them side by side. */
  record Cursors(
      Cursor<Orders.Row> orders,
      Cursor<Sagas.Row> sagas,
      Cursor<Stock.Row> reservations,
      Cursor<Money.Row> payments,
      Cursor<Inbox.Row> inbox)
      implements AutoCloseable {

    @Nullable Evidence next() throws SQLException {
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
          : new Evidence(
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
