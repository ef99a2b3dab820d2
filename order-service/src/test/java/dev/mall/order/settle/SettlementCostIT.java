package dev.mall.order.settle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.Buffers;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import java.time.OffsetDateTime;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A batch of settlements costs the same, however many payments were declined before. */
class SettlementCostIT {

  @Test
  void looksAtDeclinedPaymentsOfItsCustomersOnly() {
    var database = TestDatabase.create("settlements");
    var jdbc = JdbcClient.create(database.dataSource());
    Schema.migrate(database.dataSource(), "kit", "identifiers", "order");
    jdbc.sql(
            """
            insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                                placed_at, announce_next)
            select i, 'c' || i, 'PENDING', 1, 'EUR', 'WALLET', now(), now()
              from generate_series(1, 3) as i
            """)
        .update();
    jdbc.sql(
            """
            insert into declined_payment (order_id, customer_id, declined_at)
            select 10 + i, 'c' || i % 5000, clock_timestamp() from generate_series(1, 50000) as i
            """)
        .update();
    jdbc.sql("vacuum analyze declined_payment").update();

    long touched =
        Buffers.of(
            jdbc.sql(Buffers.EXPLAIN + OrderStates.SETTLE)
                .param("at", OffsetDateTime.now())
                .param("ids", new long[] {1, 2, 3})
                .param("statuses", new String[] {"CONFIRMED", "CANCELLED", "CANCELLED"})
                .param("reasons", new String[] {null, "NO_WALLET", "OUT_OF_STOCK"})
                .param("declined", new String[] {"NO_WALLET"}));

    assertThat(touched).isLessThan(150); // 50,000 rows are on more than 400 pages
    assertThat(declinedPaymentsOf("c1", jdbc)).isZero();
    assertThat(declinedPaymentsOf("c2", jdbc)).isEqualTo(11);
    assertThat(declinedPaymentsOf("c3", jdbc)).isEqualTo(10);
  }

  private static long declinedPaymentsOf(String customer, JdbcClient jdbc) {
    return jdbc.sql("select count(*) from declined_payment where customer_id = ?")
        .param(customer)
        .query(Long.class)
        .single();
  }
}
