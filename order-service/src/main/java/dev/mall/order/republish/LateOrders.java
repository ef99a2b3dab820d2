package dev.mall.order.republish;

import dev.mall.messaging.database.TimeFloor;
import dev.mall.order.OrderProperties;
import dev.mall.runtime.Columns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The SQL of finding orders that have been pending for too long. */
@Repository
class LateOrders {

  /** Finds the earliest late order, which is also the new lower bound of the scan. */
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
           for update skip locked)
      update orders o
         set announcements = announcements + 1,
             announce_next = clock_timestamp() + interval '1 ms'
                             * least(:atMost, :after * power(2, least(announcements, 20)))
        from late
       where o.id = late.id
      returning o.id
      """;

  private static final String INSERT_HISTORY =
      """
      insert into order_history (order_id, at, what)
      select id, :at, 'ANNOUNCED_AGAIN' from unnest(:ids) as o (id) order by id
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
   * Locks late orders and sets the time of their next announcement. Orders that a concurrent
   * transaction has locked are skipped.
   *
   * @return their ids
   */
  List<Long> take(int limit) {
    var scan = scan();
    if (scan.earliest() == null) {
      return List.of();
    }
    return jdbc.sql(TAKE)
        .param("earliest", scan.earliest())
        .param("now", scan.now())
        .param("limit", limit)
        .param("after", properties.announceAgainAfter().toMillis())
        .param("atMost", properties.announceAgainAtMost().toMillis())
        .query((row, _) -> row.getLong("id"))
        .list();
  }

  /** Adds the announcements to the orders' timelines. */
  void addHistory(List<Long> ids, Instant at) {
    jdbc.sql(INSERT_HISTORY)
        .param("at", at.atOffset(ZoneOffset.UTC))
        .param("ids", Columns.longs(ids))
        .update();
  }

  private record Scan(OffsetDateTime now, @Nullable OffsetDateTime earliest) {}

  private Scan scan() {
    var scan =
        jdbc.sql(EARLIEST)
            .param("floor", floor.value())
            .param("slack", floor.slackMillis())
            .query((row, _) ->
                new Scan(
                    row.getObject("now", OffsetDateTime.class),
                    row.getObject("earliest", OffsetDateTime.class)))
            .single();
    floor.scanned(
        scan.now().toInstant(),
        Optional.ofNullable(scan.earliest()).map(OffsetDateTime::toInstant));
    return scan;
  }
}
