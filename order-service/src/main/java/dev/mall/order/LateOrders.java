package dev.mall.order;

import dev.mall.contracts.PaymentMethod;
import dev.mall.money.Money;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of finding orders that have been pending for too long. */
@Repository
class LateOrders {

  private static final String TAKE =
      """
      with late as (
        select id
          from orders
         where status = 'PENDING' and announce_next < clock_timestamp()
         order by announce_next
         limit :limit
           for update skip locked),
      taken as (
        update orders o
           set announcements = announcements + 1,
               announce_next = clock_timestamp() + interval '1 ms'
                               * least(:atMost, :after * power(2, least(announcements, 20)))
          from late
         where o.id = late.id
        returning o.*)
      select taken.*, line.sku, line.quantity, line.unit_price_minor
        from taken
        join order_line line on line.order_id = taken.id
       order by taken.id, line.position
      """;

  private final JdbcClient jdbc;
  private final OrderProperties properties;

  LateOrders(JdbcClient jdbc, OrderProperties properties) {
    this.jdbc = jdbc;
    this.properties = properties;
  }

  /**
   * @param traceparent of the request that placed the order
   */
  record Late(Order order, @Nullable String traceparent) {}

  /**
   * Locks orders whose time has come and sets the time of their next announcement. Those that
   * somebody else has locked are passed over.
   */
  List<Late> take(int limit) {
    var found = new LinkedHashMap<Long, Late>();
    jdbc.sql(TAKE)
        .param("limit", limit)
        .param("after", properties.announceAgainAfter().toMillis())
        .param("atMost", properties.announceAgainAtMost().toMillis())
        .query(row -> {
          found.merge(row.getLong("id"), late(row), LateOrders::together);
        });
    return List.copyOf(found.values());
  }

  private static Late late(ResultSet row) throws SQLException {
    var total = Money.of(row.getLong("total_minor"), row.getString("currency"));
    var price = new Money(row.getLong("unit_price_minor"), total.currency());
    var order =
        Order.placed(
            row.getLong("id"),
            row.getString("customer_id"),
            List.of(new OrderLine(row.getString("sku"), row.getInt("quantity"), price)),
            total,
            PaymentMethod.valueOf(row.getString("payment_method")),
            row.getTimestamp("placed_at").toInstant());
    return new Late(order, row.getString("traceparent"));
  }

  private static Late together(Late some, Late oneMore) {
    var lines = new ArrayList<>(some.order().lines());
    lines.addAll(oneMore.order().lines());
    var order = some.order();
    return new Late(
        Order.placed(
            order.id(), order.customerId(), lines, order.total(), order.method(), order.placedAt()),
        some.traceparent());
  }
}
