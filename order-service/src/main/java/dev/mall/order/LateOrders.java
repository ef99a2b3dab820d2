package dev.mall.order;

import dev.mall.order.OrderRows.StoredRow;
import java.util.List;
import java.util.function.Function;
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
   * Locks orders whose time has come and sets the time of their next announcement. Those that
   * somebody else has locked are passed over.
   */
  List<StoredRow> take(int limit) {
    var rows = new OrderRows();
    jdbc.sql(TAKE)
        .param("limit", limit)
        .param("after", properties.announceAgainAfter().toMillis())
        .param("atMost", properties.announceAgainAtMost().toMillis())
        .query(rows);
    return rows.all(Function.identity());
  }
}
