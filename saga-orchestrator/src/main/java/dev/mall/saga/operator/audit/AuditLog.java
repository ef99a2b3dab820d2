package dev.mall.saga.operator.audit;

import static dev.mall.runtime.Columns.texts;

import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.mall.runtime.Columns;
import dev.mall.saga.operator.audit.AuditEntry.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit log: written in the transaction of the action itself, and never changed. */
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
   * An action as the API returns it.
   *
   * @param before JSON of its subject before the action
   * @param after JSON of its subject after the action
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

  /** Adds entries in one statement, in this order. */
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
        .param("before", texts(acts, act -> json.writeValueAsString(act.before())))
        .param("after", texts(acts, act -> json.writeValueAsString(act.after())))
        .update();
  }

  /** The actions about one order, the oldest first. */
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
        Columns.instant(row, "at"));
  }
}
