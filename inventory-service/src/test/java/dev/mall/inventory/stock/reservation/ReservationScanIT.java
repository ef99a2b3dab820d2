package dev.mall.inventory.stock.reservation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.database.TimeFloor;
import dev.mall.testing.Buffers;
import dev.mall.testing.LongSnapshot;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The scan for expired reservations stays cheap after a hundred thousand settled reservations,
 * without vacuum and with a long snapshot open.
 */
class ReservationScanIT {

  private final TestDatabase database = TestDatabase.create("scanned");
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final TimeFloor floor = new TimeFloor(Duration.ofSeconds(20));

  @Test
  void looksAtNoSettledReservations() throws Exception {
    Schema.migrate(database.dataSource(), "kit", "locking", "inventory");
    jdbc.sql("alter table reservation set (autovacuum_enabled = false)").update();
    hold(1, 80_000, "now() - interval '30 min' + i * interval '20 ms'");
    hold(80_001, 100_000, "now() + interval '1 min' + (i - 80000) * interval '75 ms'");
    try (var _ = new LongSnapshot(database)) {
      jdbc.sql("update reservation set state = 'COMMITTED', revision = 2").update();
      hold(200_000, 200_000, "now() + interval '30 min'");
      jdbc.sql("analyze reservation").update();
      assertThat(touched(ReservationStore.NEXT_EXPIRY)).isGreaterThan(500);

      floor.scanned(Instant.now(), Optional.empty());

      assertThat(touched(ReservationStore.NEXT_EXPIRY)).isLessThan(50);
    }
  }

  private long touched(String sql) {
    return Buffers.of(
        jdbc.sql(Buffers.EXPLAIN + sql)
            .param("within", 30_000L)
            .param("floor", floor.value())
            .param("slack", floor.slackMillis()));
  }

  private void hold(int first, int last, String until) {
    jdbc.sql(
            """
            insert into reservation (order_id, customer_id, state, held_until, revision)
            select i, 'c' || i %% 50, 'HELD', %s, 1 from generate_series(%d, %d) as i
            """
                .formatted(until, first, last))
        .update();
  }
}
