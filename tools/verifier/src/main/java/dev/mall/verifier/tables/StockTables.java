package dev.mall.verifier.tables;

import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of inventory-service. */
public final class StockTables {

  /** Reservations of before are in the archive; each is in one of the two tables. */
  private static final String ALL =
      """
      select r.order_id, r.customer_id, r.state, coalesce(l.lines, '') as lines
        from (select * from reservation union all select * from reservation_archive) r
        left join (
          select order_id, string_agg(quantity || ' ' || sku, ', ' order by sku collate "C") as lines
            from (select * from reservation_line
                   union all select * from reservation_line_archive) as lines
           group by order_id) l on l.order_id = r.order_id
       order by r.order_id
      """;

  private static final String OVERSOLD =
      """
      select sku, reserved, on_hand from stock where reserved < 0 or reserved > on_hand order by sku
      """;

  private static final String UNBALANCED =
      """
      select coalesce(s.sku, l.sku, r.sku) as sku, s.on_hand, s.reserved, s.received, s.sold,
             coalesce(r.quantity, 0) as receipts, coalesce(l.held, 0) as held,
             coalesce(l.committed, 0) as committed
        from stock s
        full join (
          select l.sku, sum(l.quantity) filter (where r.state = 'HELD') as held,
                 sum(l.quantity) filter (where r.state = 'COMMITTED') as committed
            from (select * from reservation_line
                   union all select * from reservation_line_archive) l
            join (select * from reservation union all select * from reservation_archive) r
              on r.order_id = l.order_id
           group by l.sku) l on l.sku = s.sku
        full join (select sku, sum(quantity) as quantity from receipt group by sku) r
          on r.sku = coalesce(s.sku, l.sku)
       where s.on_hand is distinct from s.received - s.sold
          or s.received is distinct from coalesce(r.quantity, 0)
          or s.reserved is distinct from coalesce(l.held, 0)
          or s.sold is distinct from coalesce(l.committed, 0)
       order by 1
      """;

  private static final String HELD_TOO_LONG =
      """
      select order_id, customer_id as customer, held_until
        from reservation
       where state = 'HELD' and held_until < clock_timestamp() - ? * interval '1 ms'
       order by order_id
      """;

  /** Receipts that were promised under a key, and are not there as they were promised. */
  private static final String NOT_KEPT =
      """
      select p.sku, p.key, p.quantity as promised, r.quantity as booked
        from unnest(?::text[], ?::text[], ?::int[]) as p (sku, key, quantity)
        left join receipt r on r.sku = p.sku and r.idempotency_key = p.key
       where r.quantity is distinct from p.quantity
       order by 1, 2
      """;

  private static final String TOTALS =
      """
      select what, count
        from (select count(*) as skus, coalesce(sum(received), 0)::bigint as received,
                     coalesce(sum(sold), 0)::bigint as sold,
                     coalesce(sum(reserved), 0)::bigint as reserved,
                     coalesce(sum(on_hand), 0)::bigint as on_hand
                from stock) s,
             lateral (values ('SKUs', skus), ('received', received), ('sold', sold),
                             ('on hand', on_hand), ('of these reserved', reserved))
               as v (what, count)
      """;

  /** Of the receipts after which at least all that was ever claimed was there, the first few. */
  private static final String ENOUGH =
      """
      select sku, claimed, received, extract(epoch from booked_at) as at
        from (select sku, coalesce(claimed, 0) as claimed, received, booked_at,
                     row_number() over (partition by sku order by received) as nth
                from (select sku, booked_at,
                             sum(quantity) over (partition by sku
                               order by booked_at, idempotency_key) as received
                        from receipt) r
                left join (
                  select sku, sum(quantity) as claimed
                    from (select * from reservation_line
                           union all select * from reservation_line_archive) l
                   group by sku) l using (sku)
               where received >= coalesce(claimed, 0)) as enough
       where nth <= 32
       order by sku, nth
      """;

  private final Snapshot snapshot;

  public StockTables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * An order's reservation, with its lines in one text; a tombstone has neither customer nor lines.
   */
  public record Row(long orderId, @Nullable String customer, String state, String lines) {

    @Override
    public String toString() {
      return customer == null
          ? state + " before it came"
          : "%s, %s, %s".formatted(state, customer, lines);
    }
  }

  public OrderCursor<Row> reservations() throws SQLException {
    return snapshot.stream(StockTables::row, Row::orderId, ALL);
  }

  public void judge(Findings findings, Duration late) throws SQLException {
    snapshot.report(findings, Kind.OVERSOLD, OVERSOLD);
    snapshot.report(findings, Kind.STOCK_UNBALANCED, UNBALANCED);
    snapshot.report(findings, Kind.STUCK_IN_SILENCE, HELD_TOO_LONG, late.toMillis());
  }

  /** Holds the receipts to what was promised. */
  public void judge(Findings findings, List<Receipt> promised) throws SQLException {
    snapshot.report(
        findings,
        Kind.RECEIPT_LOST,
        NOT_KEPT,
        promised.stream().map(Receipt::sku).toArray(String[]::new),
        promised.stream().map(Receipt::key).toArray(String[]::new),
        promised.stream().map(Receipt::quantity).toArray(Integer[]::new));
  }

  /** A receipt that was acknowledged. */
  public record Receipt(String sku, String key, int quantity) {}

  /**
   * Stock after a receipt that left no reservation short.
   *
   * @param received up to then, the receipt included
   * @param claimed by all reservations together, also later ones, however they ended
   * @param at by this database's clock
   */
  public record Supply(String sku, long received, long claimed, Instant at) {}

  /** The first receipts of that kind, in their order, by SKU. */
  public Map<String, List<Supply>> supplies() throws SQLException {
    return snapshot.list(StockTables::supply, ENOUGH).stream()
        .collect(Collectors.groupingBy(Supply::sku));
  }

  private static Supply supply(ResultSet row) throws SQLException {
    return new Supply(
        row.getString("sku"),
        row.getLong("received"),
        row.getLong("claimed"),
        Instant.ofEpochMilli((long) (row.getDouble("at") * 1_000)));
  }

  public List<Summary.Line> summary() throws SQLException {
    return snapshot.list(
        row -> new Summary.Line(row.getString("what"), row.getLong("count")), TOTALS);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("order_id"),
        row.getString("customer_id"),
        row.getString("state"),
        row.getString("lines"));
  }
}
