package dev.mall.order;

import dev.mall.messaging.database.TimeFloor;
import dev.mall.testing.LongSnapshot;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A hundred thousand orders that were settled in the last hour, three that are open, no vacuum and
 * a long snapshot. A hundred thousand show what a million would: what is settled costs pages, or
 * none.
 */
public final class SettledOrders implements AutoCloseable {

  public static final int OPEN = 3;

  public final JdbcClient jdbc;
  public final TimeFloor floor = new TimeFloor(Duration.ofSeconds(20));
  private final LongSnapshot snapshot;

  public SettledOrders() throws SQLException {
    var database = TestDatabase.create("settled");
    jdbc = JdbcClient.create(database.dataSource());
    Schema.migrate(database.dataSource(), "kit", "identifiers", "order");
    jdbc.sql("alter table orders set (autovacuum_enabled = false)").update();
    insert(100_000, "now() - interval '1 hour' + i * interval '30 ms'");
    snapshot = new LongSnapshot(database);
    jdbc.sql("update orders set status = 'CONFIRMED', settled_at = now()").update();
    insert(OPEN, "now() + interval '2 min'");
    jdbc.sql("analyze orders").update();
  }

  private void insert(int orders, String announceNext) {
    jdbc.sql(
            """
            insert into orders (id, customer_id, status, total_minor, currency, payment_method,
                                placed_at, announce_next)
            select coalesce((select max(id) from orders), 0) + i, 'c' || i %% 50, 'PENDING', 1, 'EUR',
                   'WALLET', now(), %s
              from generate_series(1, %d) as i
            """
                .formatted(announceNext, orders))
        .update();
  }

  /** As after a scan that found nothing late. */
  public void scanned() {
    floor.scanned(Instant.now(), Optional.empty());
  }

  @Override
  public void close() throws SQLException {
    snapshot.close();
  }
}
