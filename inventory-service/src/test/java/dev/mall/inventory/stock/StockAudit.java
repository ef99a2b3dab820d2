package dev.mall.inventory.stock;

import static org.assertj.core.api.Assertions.assertThat;

import org.springframework.jdbc.core.simple.JdbcClient;

/** Adds up what the tables hold, without a word of the service's own rules (G2, G3). */
public final class StockAudit {

  private static final String UNBALANCED =
      """
      with lines as (
        select l.sku,
               coalesce(sum(quantity) filter (where state = 'HELD'), 0) as held,
               coalesce(sum(quantity) filter (where state = 'COMMITTED'), 0) as committed
          from (select * from reservation_line union all select * from reservation_line_archive) l
          join (select * from reservation union all select * from reservation_archive) r
         using (order_id)
         group by l.sku),
      receipts as (select sku, sum(quantity) as quantity from receipt group by sku)
      select s.sku || ': ' || row_to_json(s) || row_to_json(l) || row_to_json(r)
        from stock s left join lines l using (sku) left join receipts r using (sku)
       where s.reserved not between 0 and s.on_hand
          or s.on_hand <> s.received - s.sold
          or s.reserved <> coalesce(l.held, 0)
          or s.sold <> coalesce(l.committed, 0)
          or s.received <> coalesce(r.quantity, 0)
      """;

  private StockAudit() {}

  public static void passes(JdbcClient jdbc) {
    assertThat(jdbc.sql(UNBALANCED).query(String.class).list())
        .as("SKUs whose stock does not add up")
        .isEmpty();
  }
}
