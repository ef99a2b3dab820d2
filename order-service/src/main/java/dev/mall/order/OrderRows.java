package dev.mall.order;

import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.PaymentMethod;
import dev.mall.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;

/**
 * Gathers orders from rows of {@code orders} joined with {@code order_line}, which come order by
 * order and line by line.
 */
public final class OrderRows implements RowCallbackHandler {

  private final Map<Long, StoredRow> orders = new LinkedHashMap<>();

  /**
   * @param traceparent of the request that placed the order
   */
  public record StoredRow(Order order, @Nullable String traceparent) {}

  @Override
  public void processRow(ResultSet row) throws SQLException {
    orders.merge(row.getLong("id"), read(row), OrderRows::together);
  }

  /** The orders in the order in which they came. */
  public <T> List<T> all(Function<StoredRow, T> view) {
    return orders.values().stream().map(view).toList();
  }

  /** What became of an order, from its own columns. */
  static OrderState state(ResultSet row) throws SQLException {
    var reason = row.getString("cancel_reason");
    return new OrderState(
        OrderStatus.valueOf(row.getString("status")),
        reason == null ? null : CancelReason.valueOf(reason),
        instant(row.getTimestamp("settled_at")));
  }

  private static @Nullable Instant instant(@Nullable Timestamp at) {
    return at == null ? null : at.toInstant();
  }

  private static StoredRow read(ResultSet row) throws SQLException {
    var total = Money.of(row.getLong("total_minor"), row.getString("currency"));
    var price = new Money(row.getLong("unit_price_minor"), total.currency());
    var order =
        new Order(
            row.getLong("id"),
            row.getString("customer_id"),
            List.of(new OrderLine(row.getString("sku"), row.getInt("quantity"), price)),
            total,
            PaymentMethod.valueOf(row.getString("payment_method")),
            row.getTimestamp("placed_at").toInstant(),
            state(row));
    return new StoredRow(order, row.getString("traceparent"));
  }

  private static StoredRow together(StoredRow some, StoredRow oneMore) {
    return new StoredRow(
        some.order().withLines(joined(some.order().lines(), oneMore.order().lines())),
        some.traceparent());
  }

  private static List<OrderLine> joined(Collection<OrderLine> some, Collection<OrderLine> more) {
    var lines = new ArrayList<>(some);
    lines.addAll(more);
    return lines;
  }
}
