package dev.mall.saga.operator.audit;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mall.saga.operator.audit.AuditEntry.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit: written in the transaction of the act itself, and never changed. */
@Component
public class AuditLog {

  private static final String APPEND =
      """
      insert into desk_act (order_id, act, step, letter_id, who, why, evidence, before, after)
      select order_id::bigint, act, step, letter_id::bigint, who, why, evidence,
             before::jsonb, after::jsonb
        from unnest(:orders, :acts, :steps, :letters, :who, :why, :evidence, :before, :after)
             with ordinality as a (order_id, act, step, letter_id, who, why, evidence,
                                   before, after, position)
       order by position
      """;

  private static final String COLUMNS =
      """
      select id, order_id, act, step, letter_id, who, why, evidence, before, after, at
        from desk_act
      """;

  private final JdbcClient jdbc;
  private final JsonMapper json;

  AuditLog(JdbcClient jdbc, JsonMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * An act as it is shown.
   *
   * @param before JSON of what it was about, as it was
   * @param after the same, as it was then
   */
  public record Entry(
      String id,
      @Nullable String orderId,
      Kind act,
      @Nullable String step,
      @Nullable String letterId,
      String who,
      String why,
      @Nullable String evidence,
      @JsonRawValue @Nullable String before,
      @JsonRawValue @Nullable String after,
      Instant at) {}

  /** Adds acts in one statement, in this order. */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(List<AuditEntry> acts) {
    if (acts.isEmpty()) {
      return;
    }
    jdbc.sql(APPEND)
        .param("orders", texts(acts, AuditEntry::orderId))
        .param("acts", texts(acts, AuditEntry::kind))
        .param("steps", texts(acts, AuditEntry::step))
        .param("letters", texts(acts, AuditEntry::letterId))
        .param("who", texts(acts, act -> act.reason().who()))
        .param("why", texts(acts, act -> act.reason().why()))
        .param("evidence", texts(acts, AuditEntry::evidence))
        .param("before", texts(acts, act -> json(act.before())))
        .param("after", texts(acts, act -> json(act.after())))
        .update();
  }

  /** What was done about one order, the oldest first. */
  public List<Entry> about(long orderId) {
    return jdbc.sql(COLUMNS + " where order_id = :order order by id")
        .param("order", orderId)
        .query((row, _) -> entry(row))
        .list();
  }

  /** The newest first, from before {@code beforeId} on. */
  public List<Entry> list(long beforeId, int limit) {
    return jdbc.sql(COLUMNS + " where id < :before order by id desc limit :limit")
        .param("before", beforeId)
        .param("limit", limit)
        .query((row, _) -> entry(row))
        .list();
  }

  private @Nullable String json(@Nullable Object value) {
    return value == null ? null : json.writeValueAsString(value);
  }

  private static @Nullable String[] texts(
      List<AuditEntry> acts, Function<AuditEntry, ? extends @Nullable Object> column) {
    return acts.stream()
        .map(column)
        .map(value -> value == null ? null : value.toString())
        .toArray(String[]::new);
  }

  private static Entry entry(ResultSet row) throws SQLException {
    return new Entry(
        row.getString("id"),
        row.getString("order_id"),
        Kind.valueOf(row.getString("act")),
        row.getString("step"),
        row.getString("letter_id"),
        row.getString("who"),
        row.getString("why"),
        row.getString("evidence"),
        row.getString("before"),
        row.getString("after"),
        row.getObject("at", OffsetDateTime.class).toInstant());
  }
}
