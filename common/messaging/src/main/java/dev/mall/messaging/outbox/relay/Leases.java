package dev.mall.messaging.outbox.relay;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rows that grant a task to one replica at a time. All times are the database's, so a holder whose
 * clock is wrong, or that was stopped, blocks no other.
 */
final class Leases {

  private static final String TAKE =
      """
      insert into lease (name, holder, held_until)
      values (:name, :holder, clock_timestamp() + :millis * interval '1 millisecond')
      on conflict (name) do update
         set holder = excluded.holder, held_until = excluded.held_until
       where lease.holder = excluded.holder or lease.held_until < clock_timestamp()
      """;

  private static final String RELEASE = "delete from lease where name = :name and holder = :holder";

  private final JdbcClient jdbc;

  Leases(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** Takes the lease, or makes it longer; false if another replica holds it. */
  boolean take(String name, String holder, Duration length) {
    return jdbc.sql(TAKE)
            .param("name", name)
            .param("holder", holder)
            .param("millis", length.toMillis())
            .update()
        == 1;
  }

  /** Gives the lease up, so that the next one need not wait for its end. */
  void release(String name, String holder) {
    jdbc.sql(RELEASE).param("name", name).param("holder", holder).update();
  }
}
