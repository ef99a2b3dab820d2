package dev.mall.verifier.tables;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.NoSuchElementException;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Rows in ascending order of their orders, a few thousand in memory at a time. */
public final class OrderCursor<R> implements AutoCloseable {

  /** Makes a record of a row. */
  interface Reading<R> {
    R read(ResultSet row) throws SQLException;
  }

  private final ResultSet rows;
  private final Reading<R> reading;
  private final ToLongFunction<R> orderId;
  private @Nullable R next;

  OrderCursor(ResultSet rows, Reading<R> reading, ToLongFunction<R> orderId) throws SQLException {
    this.rows = rows;
    this.reading = reading;
    this.orderId = orderId;
    advance();
  }

  /** The order of the next row; the greatest number there is when no row is left. */
  public long orderId() {
    return next == null ? Long.MAX_VALUE : orderId.applyAsLong(next);
  }

  /** Takes the next row if it is about the order. */
  public @Nullable R take(long order) throws SQLException {
    if (next == null || orderId() != order) {
      return null;
    }
    var taken = next;
    advance();
    if (next != null && orderId() <= order) {
      throw new NoSuchElementException("rows are out of order behind " + order);
    }
    return taken;
  }

  private void advance() throws SQLException {
    next = rows.next() ? reading.read(rows) : null;
  }

  @Override
  public void close() throws SQLException {
    rows.getStatement().close();
  }
}
