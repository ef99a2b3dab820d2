package dev.mall.saga.operator.deadletters;

import static dev.mall.runtime.Columns.instant;
import static dev.mall.runtime.Columns.nullableInstant;

import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.runtime.Columns;
import dev.mall.saga.operator.Where;
import dev.mall.saga.operator.deadletters.DeadLetterView.Summary;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The SQL of kept letters. */
@Component
public class DeadLetterStore {

  /** Limit for one transaction, exceeded by at most one letter: all bodies are in memory. */
  private static final long BYTES_AT_ONCE = 8_000_000;

  private static final String EXPIRED =
      "coalesce(created_at < clock_timestamp() - make_interval(secs => :horizon), false)";

  private static final String COUNT =
      """
      select count(*) as matching,
             count(*) filter (where redrives >= :cap) as exhausted,
             count(*) filter (where redrives < :cap and %s) as expired
        from dead_letter
      """
          .formatted(EXPIRED);

  private static final String SETTLE =
      """
      update dead_letter
         set status = :status, settled_at = clock_timestamp()
       where id = any(:ids)
      """;

  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final JdbcClient jdbc;
  private final JsonMapper json;

  DeadLetterStore(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A letter that is locked, with what it takes to send it again.
   *
   * @param expired whether its message is older than repeats are known
   */
  @SuppressWarnings("ArrayRecordComponent") // two of them are never compared
  record Locked(
      long id,
      DeadLetterStatus status,
      @Nullable Long orderId,
      String topic,
      String key,
      Map<String, String> headers,
      byte[] body,
      int redrives,
      boolean expired) {}

  /**
   * How many there are.
   *
   * @param exhausted of these, how many were sent again too often
   * @param expired of the others, how many are too old
   */
  record Totals(long matching, long exhausted, long expired) {

    long sendable() {
      return matching - exhausted - expired;
    }
  }

  Totals count(Where where, int cap, Duration horizon) {
    return where
        .fill(jdbc.sql(COUNT + " where " + where))
        .param("cap", cap)
        .param("horizon", seconds(horizon))
        .query(Totals.class)
        .single();
  }

  /** The oldest that may be sent again at once, locked until the transaction ends. */
  List<Locked> lockedSendable(Where where, int cap, Duration horizon, int limit) {
    var sql =
        """
        select *, %s as expired
          from dead_letter
         where %s and id in (%s)
         order by id
           for update
        """
            .formatted(EXPIRED, sendable(where), atOnce(where));
    return atOnce(sql, where, cap, horizon, limit).query((row, _) -> locked(row)).list();
  }

  /** How many {@link #lockedSendable} would lock. */
  long countSendable(Where where, int cap, Duration horizon, int limit) {
    var sql = "select count(*) from (%s) as at_once".formatted(atOnce(where));
    return atOnce(sql, where, cap, horizon, limit).query(Long.class).single();
  }

  private static String sendable(Where where) {
    return "%s and redrives < :cap and not %s".formatted(where, EXPIRED);
  }

  /** Ids of the oldest, up to a number of rows and up to a number of bytes. */
  private static String atOnce(Where where) {
    return """
    select id
      from (select id,
                   coalesce(sum(octet_length(body)) over (
                     order by id rows between unbounded preceding and 1 preceding), 0)
                     as bytes_before
              from (select id, body from dead_letter where %s order by id limit :limit)
                   as oldest) as measured
     where bytes_before < :bytes
    """
        .formatted(sendable(where));
  }

  private StatementSpec atOnce(String sql, Where where, int cap, Duration horizon, int limit) {
    return where
        .fill(jdbc.sql(sql))
        .param("cap", cap)
        .param("horizon", seconds(horizon))
        .param("limit", limit)
        .param("bytes", BYTES_AT_ONCE);
  }

  Optional<Locked> locked(long id, Duration horizon) {
    return jdbc.sql(
            "select *, %s as expired from dead_letter where id = :id for update".formatted(EXPIRED))
        .param("horizon", seconds(horizon))
        .param("id", id)
        .query((row, _) -> locked(row))
        .optional();
  }

  void settle(Collection<Locked> letters, DeadLetterStatus status) {
    jdbc.sql(SETTLE)
        .param("status", status.name())
        .param("ids", Columns.longs(letters, Locked::id))
        .update();
  }

  /** The newest first, from before {@code beforeId} on. */
  public List<Summary> list(
      DeadLetterFilter filter, @Nullable DeadLetterStatus status, long beforeId, int limit) {
    var where = filter.where(status);
    var sql =
        "select * from dead_letter where %s and id < :before order by id desc limit :limit"
            .formatted(where);
    return where
        .fill(jdbc.sql(sql))
        .param("before", beforeId)
        .param("limit", limit)
        .query((row, _) -> summary(row))
        .list();
  }

  public Optional<DeadLetterView> one(long id) {
    return jdbc.sql("select * from dead_letter where id = :id")
        .param("id", id)
        .query((row, _) ->
            new DeadLetterView(
                summary(row),
                row.getString("headers"),
                new String(row.getBytes("body"), StandardCharsets.UTF_8)))
        .optional();
  }

  private Locked locked(ResultSet row) throws SQLException {
    var order = row.getLong("order_id");
    return new Locked(
        row.getLong("id"),
        DeadLetterStatus.valueOf(row.getString("status")),
        row.getObject("order_id") == null ? null : Long.valueOf(order),
        row.getString("topic"),
        row.getString("key"),
        json.readValue(row.getString("headers"), TEXTS),
        row.getBytes("body"),
        row.getInt("redrives"),
        row.getBoolean("expired"));
  }

  private static Summary summary(ResultSet row) throws SQLException {
    return new Summary(
        row.getString("id"),
        DeadLetterStatus.valueOf(row.getString("status")),
        row.getString("topic"),
        row.getString("type"),
        row.getString("order_id"),
        row.getObject("message_id", UUID.class),
        Cause.valueOf(row.getString("cause")),
        row.getString("detail"),
        row.getString("dead_by"),
        row.getInt("redrives"),
        nullableInstant(row, "created_at"),
        instant(row, "died_at"),
        nullableInstant(row, "settled_at"));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }
}
