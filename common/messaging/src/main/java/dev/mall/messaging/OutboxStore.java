package dev.mall.messaging;

import dev.mall.messaging.Outbox.Row;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The relay's side of the outbox. */
final class OutboxStore {

  private static final String SCAN =
      """
      select number, topic, key, headers, payload
        from outbox
       where number > :floor
       order by number
       limit :limit
      """;

  private static final String BACKLOG =
      """
      select count(*) as rows,
             coalesce(extract(epoch from clock_timestamp() - min(created_at)), 0) as oldest
        from outbox
      """;

  private final JdbcClient jdbc;

  OutboxStore(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /** A row that waits to be sent. */
  record Waiting(long number, Row row) {}

  /**
   * What waits for the relay.
   *
   * @param oldest how long the oldest row has been waiting; zero if none does
   */
  record Backlog(long rows, Duration oldest) {}

  /** The oldest rows above {@code floor}, by number. */
  List<Waiting> scan(long floor, int limit) {
    return jdbc.sql(SCAN)
        .param("floor", floor)
        .param("limit", limit)
        .query((row, _) ->
            new Waiting(
                row.getLong("number"),
                new Row(
                    row.getString("topic"),
                    row.getString("key"),
                    row.getString("headers"),
                    row.getBytes("payload"))))
        .list();
  }

  void remove(Collection<Long> numbers) {
    jdbc.sql("delete from outbox where number = any(:numbers)")
        .param("numbers", numbers.stream().mapToLong(Long::longValue).toArray())
        .update();
  }

  Backlog backlog() {
    return jdbc.sql(BACKLOG)
        .query((row, _) ->
            new Backlog(
                row.getLong("rows"), Duration.ofMillis((long) (row.getDouble("oldest") * 1000))))
        .single();
  }
}
