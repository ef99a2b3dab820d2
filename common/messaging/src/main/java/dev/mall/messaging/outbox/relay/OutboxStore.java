package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.runtime.Columns;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/** The relay's side of the outbox. */
final class OutboxStore {

  /** In order, up to the first row before which there are as many bytes as may be. */
  private static final String MEASURED =
      """
      select number, topic, key, headers, payload
        from (select *,
                     coalesce(sum(octet_length(headers) + octet_length(payload)) over (
                       order by number rows between unbounded preceding and 1 preceding), 0)
                       as bytes_before
                from (%s) as oldest) as measured
       where bytes_before < :bytes
       order by number
      """;

  static final String SCAN =
      MEASURED.formatted(
          """
          select number, topic, key, headers, payload
            from outbox
           where number > :floor
             and number not in (select unnest(:removed))
           order by number
           limit :limit
          """);

  /**
   * Skips held topics, and rows behind one of theirs with the same key. The cost grows with the
   * backlog of the held topics; an index that bounds it would cost each insert more (ADR 20).
   */
  private static final String SCAN_AROUND =
      MEASURED.formatted(
          """
          select number, topic, key, headers, payload
            from outbox o
           where number > :floor
             and number not in (select unnest(:removed))
             and topic <> all(:held)
             and not exists (
                   select 1 from outbox earlier
                    where earlier.number > :floor
                      and earlier.number not in (select unnest(:removed))
                      and earlier.topic = any(:held)
                      and earlier.key = o.key
                      and earlier.number < o.number)
           order by number
           limit :limit
          """);

  /**
   * The scan has the snapshot of the removal, which still shows the removed rows. It looks their
   * numbers up by a hash: an array would be compared one by one in a generic plan.
   */
  private static final String REMOVE_AND =
      """
      with gone as (delete from outbox where number = any(:removed))
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
  record Waiting(long number, Row row) {

    /** As the scan measures it. */
    long bytes() {
      return (long) row.headers().getBytes(StandardCharsets.UTF_8).length + row.payload().length;
    }
  }

  /** Splits rows so that the n-th wave holds the n-th row of each key. */
  static List<List<Waiting>> waves(List<Waiting> rows) {
    var waves = new ArrayList<List<Waiting>>();
    var seen = new HashMap<String, Integer>();
    for (var row : rows) {
      int wave = seen.merge(row.row().key(), 1, Integer::sum) - 1;
      if (wave == waves.size()) {
        waves.add(new ArrayList<>());
      }
      waves.get(wave).add(row);
    }
    return waves;
  }

  /**
   * The rows that wait for the relay.
   *
   * @param oldest how long the oldest row has been waiting; zero if none does
   */
  record Backlog(long rows, Duration oldest) {}

  /**
   * The rows that a scan reads.
   *
   * @param floor rows above this number, the oldest first
   * @param limit rows at most
   * @param bytes how many to read, exceeded by at most one row; none if it is not above zero
   * @param held topics that are left out, as is every row behind one of theirs with its key
   */
  record ScanRange(long floor, int limit, long bytes, Set<String> held) {}

  /** The oldest rows, by number. */
  List<Waiting> scan(ScanRange range) {
    return rows(jdbc.sql(scanOf(range)), range, Set.of());
  }

  /** Removes rows and reads the oldest of the others, in one statement. */
  List<Waiting> remove(Collection<Long> numbers, ScanRange range) {
    return rows(jdbc.sql(REMOVE_AND + scanOf(range)), range, numbers);
  }

  private static String scanOf(ScanRange range) {
    return range.held().isEmpty() ? SCAN : SCAN_AROUND;
  }

  private static List<Waiting> rows(StatementSpec scan, ScanRange range, Collection<Long> removed) {
    if (!range.held().isEmpty()) {
      scan = scan.param("held", Columns.texts(range.held()));
    }
    return scan.param("removed", Columns.longs(removed))
        .param("floor", range.floor())
        .param("limit", range.limit())
        .param("bytes", range.bytes())
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
        .param("numbers", Columns.longs(numbers))
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
