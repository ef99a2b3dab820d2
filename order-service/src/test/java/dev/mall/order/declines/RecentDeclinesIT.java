package dev.mall.order.declines;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.Buffers;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A batch costs the same, however many payments were declined. */
class RecentDeclinesIT {

  @Test
  void looksAtFewRowsOfItsCustomersOnly() {
    var database = TestDatabase.create("declines");
    var jdbc = JdbcClient.create(database.dataSource());
    Schema.migrate(database.dataSource(), "kit", "identifiers", "order");
    jdbc.sql(
            """
            insert into declined_payment (order_id, customer_id, declined_at)
            select i, 'c' || i % 5000, clock_timestamp() from generate_series(1, 50000) as i
            union all
            select 50000 + i, 'many', clock_timestamp() from generate_series(1, 10000) as i
            """)
        .update();
    jdbc.sql("vacuum analyze declined_payment").update();

    long touched =
        Buffers.of(
            jdbc.sql(Buffers.EXPLAIN + DeclinedPayments.RECENT)
                .param("customers", new String[] {"many", "none", "c7"})
                .param("window", 3_600_000)
                .param("atMost", 5));

    assertThat(touched).isLessThan(30);
  }
}
