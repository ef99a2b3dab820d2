package dev.mall.saga.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.database.TimeFloor;
import dev.mall.testing.Buffers;
import dev.mall.testing.LongSnapshot;
import dev.mall.testing.Schema;
import dev.mall.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Timers find their work cheaply after a hundred thousand sagas whose work is done, without vacuum
 * and with a long snapshot open, between thousands that another release goes on with.
 */
class SagaScanIT {

  private final TestDatabase database = TestDatabase.create("scanned");
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());
  private final TimeFloor floor = new TimeFloor(Duration.ofSeconds(20));
  private final TimeFloor heldFloor = new TimeFloor(Duration.ofSeconds(20));

  @BeforeEach
  void migrate() {
    Schema.migrate(database.dataSource(), "kit", "saga");
    jdbc.sql("alter table saga set (autovacuum_enabled = false)").update();
  }

  @Test
  void looksAtNoDeadlinesThatWereMet() throws Exception {
    insert(1, 100_000, 1, "now() - interval '1 hour' + i * interval '30 ms'");
    try (var _ = new LongSnapshot(database)) {
      jdbc.sql("update saga set state = 'COMPLETED', deadline = null").update();
      insert(200_001, 203_000, 2, "now() - interval '30 min'");
      insert(300_001, 300_003, 1, "now() - interval '1 s'");
      insert(400_001, 405_000, 1, "now() + interval '10 s'");
      jdbc.sql("analyze saga").update();
      assertThat(pages(nextWork())).isGreaterThan(1000);
      assertThat(pages(claimDue())).isGreaterThan(1000);

      floor.scanned(Instant.now(), Optional.empty());

      assertThat(pages(nextWork())).isLessThan(50);
      assertThat(pages(claimDue())).isLessThan(50);
      for (var hot : List.of(nextWork(), claimDue())) {
        assertThat(String.join("\n", hot.query(String.class).list()))
            .contains("Index Scan using saga_deadline");
      }
    }
  }

  @Test
  void looksAtNoSagasThatWentOnAfterAPause() throws Exception {
    insert(1, 100_000, 1, "null");
    jdbc.sql(
            "update saga set attempt = 0,"
                + " asked_at = now() - interval '1 hour' + order_id * interval '30 ms'")
        .update();
    try (var _ = new LongSnapshot(database)) {
      jdbc.sql("update saga set attempt = 1, asked_at = now()").update();
      insert(200_001, 205_000, 1, "null");
      jdbc.sql("update saga set attempt = 0 where order_id > 200000").update();
      jdbc.sql("analyze saga").update();
      assertThat(pages(nextWork())).isGreaterThan(1000);
      assertThat(pages(claimHeld())).isGreaterThan(1000);

      heldFloor.scanned(Instant.now(), Optional.empty());

      assertThat(pages(nextWork())).isLessThan(50);
      assertThat(pages(claimHeld())).isLessThan(50);
      for (var hot : List.of(nextWork(), claimHeld())) {
        assertThat(String.join("\n", hot.query(String.class).list()))
            .contains("Index Scan using saga_held_since");
      }
    }
  }

  private static long pages(StatementSpec explained) {
    return Buffers.of(explained);
  }

  private StatementSpec nextWork() {
    return jdbc.sql(Buffers.EXPLAIN + DueSagas.NEXT_WORK)
        .param("known", new String[] {"place-order/1/1"})
        .param("unreadable", new long[0])
        .param("floor", floor.value())
        .param("heldFloor", heldFloor.value())
        .param("slack", floor.slackMillis())
        .param("steps", new String[] {"reserve", "pay"});
  }

  private StatementSpec claimDue() {
    return jdbc.sql(Buffers.EXPLAIN + DueSagas.CLAIM_DUE)
        .param("known", new String[] {"place-order/1/1"})
        .param("unreadable", new long[0])
        .param("floor", floor.value())
        .param("until", OffsetDateTime.now())
        .param("limit", 200);
  }

  private StatementSpec claimHeld() {
    return jdbc.sql(Buffers.EXPLAIN + DueSagas.CLAIM_HELD)
        .param("known", new String[] {"place-order/1/1"})
        .param("unreadable", new long[0])
        .param("step", "pay")
        .param("heldFloor", heldFloor.value())
        .param("limit", 10);
  }

  private void insert(int first, int last, int version, String deadline) {
    jdbc.sql(
            """
            insert into saga (order_id, definition, version, state, step, round, attempt, asked_at,
                              deadline, done, in_doubt, overdue, lines, event, started_at)
            select i, 'place-order', %d, 'RUNNING', 'pay', 1, 1, now(), %s, '{}', '{}', false, 1,
                   '{}', now()
              from generate_series(%d, %d) as i
            """
                .formatted(version, deadline, first, last))
        .update();
  }
}
