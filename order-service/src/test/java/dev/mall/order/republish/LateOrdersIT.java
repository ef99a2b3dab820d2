package dev.mall.order.republish;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.order.SettledOrders;
import dev.mall.testing.Buffers;
import org.junit.jupiter.api.Test;

/** Late orders are found cheaply, however many were settled. */
class LateOrdersIT {

  @Test
  void looksAtNoSettledOrders() throws Exception {
    try (var orders = new SettledOrders()) {
      assertThat(touched(orders)).isGreaterThan(1000);

      orders.scanned();

      assertThat(touched(orders)).isLessThan(50);
    }
  }

  private static long touched(SettledOrders orders) {
    return Buffers.of(
        orders
            .jdbc
            .sql(Buffers.EXPLAIN + LateOrders.EARLIEST)
            .param("floor", orders.floor.value())
            .param("slack", orders.floor.slackMillis()));
  }
}
