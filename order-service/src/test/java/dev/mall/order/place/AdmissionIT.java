package dev.mall.order.place;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.order.SettledOrders;
import dev.mall.testing.Buffers;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** Open orders are counted cheaply, however many were settled. */
class AdmissionIT {

  @Test
  void countsWithoutLookingAtSettledOrders() throws Exception {
    try (var orders = new SettledOrders()) {
      assertThat(touched(orders)).isGreaterThan(1000);

      orders.scanned();

      assertThat(touched(orders)).isLessThan(50);
      assertThat(count(orders, Admission.OPEN).query((row, _) -> row.getInt("open")).single())
          .isEqualTo(SettledOrders.OPEN);
    }
  }

  private static long touched(SettledOrders orders) {
    return Buffers.of(count(orders, Buffers.EXPLAIN + Admission.OPEN));
  }

  private static StatementSpec count(SettledOrders orders, String sql) {
    return orders
        .jdbc
        .sql(sql)
        .param("floor", orders.floor.value())
        .param("slack", orders.floor.slackMillis())
        .param("limit", 20_000);
  }
}
