package dev.mall.order.republish;

import dev.mall.messaging.database.TimeFloor;
import dev.mall.order.OrderProperties;
import dev.mall.order.OrderRows;
import dev.mall.order.OrderRows.StoredRow;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of finding orders that have been pending for too long. */
@Repository
class LateOrders {

  /** The earliest that is late, which says also from where on there is anything. */
  static final String EARLIEST =
      """
      select c.now,
             (select announce_next
                from orders
               where status = 'PENDING' and announce_next < c.now
                 and announce_next >= least(:floor, c.now - :slack * interval '1 ms')
               order by announce_next
               limit 1) as earliest
        from (select clock_timestamp() as now offset 0) as c
      """;

  private static final String TAKE =
      """
      with late as (
        select id
          from orders
         where status = 'PENDING' and announce_next >= :earliest and announce_next < :now
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
  private final TimeFloor floor;

  LateOrders(JdbcClient jdbc, OrderProperties properties, TimeFloor floor) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.floor = floor;
  }

  /**
   * Locks orders whose time has come and sets the time of their next announcement. Those that
   * somebody else has locked are passed over.
   */
  List<StoredRow> take(int limit) {
    var look = look();
    if (look.earliest() == null) {
      return List.of();
    }
    var rows = new OrderRows();
    jdbc.sql(TAKE)
        .param("earliest", look.earliest())
        .param("now", look.now())
        .param("limit", limit)
        .param("after", properties.announceAgainAfter().toMillis())
        .param("atMost", properties.announceAgainAtMost().toMillis())
        .query(rows);
    return rows.all(Function.identity());
  }

  private record Look(OffsetDateTime now, @Nullable OffsetDateTime earliest) {}

  private Look look() {
    var look =
        jdbc.sql(EARLIEST)
            .param("floor", floor.value())
            .param("slack", floor.slackMillis())
            .query((row, _) ->
                new Look(
                    row.getObject("now", OffsetDateTime.class),
                    row.getObject("earliest", OffsetDateTime.class)))
            .single();
    floor.scanned(
        look.now().toInstant(),
        Optional.ofNullable(look.earliest()).map(OffsetDateTime::toInstant));
    return look;
  }
}
