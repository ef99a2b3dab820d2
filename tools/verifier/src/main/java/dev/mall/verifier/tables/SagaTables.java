package dev.mall.verifier.tables;

import dev.mall.verifier.findings.Findings;
import dev.mall.verifier.findings.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The tables of saga-orchestrator. */
public final class SagaTables {

  /**
   * Sagas that ended long ago are in the archive; a saga is in one of both. The saga that returns
   * an order has the order's id, negated. An order that no saga settled has at most that one.
   */
  private static final String ALL =
      """
      with ever as (
        select order_id, state, step, overdue, parked_why, refusal, started_at from saga
         union all
        select order_id, state, step, overdue, parked_why, refusal, started_at from saga_archive)
      select coalesce(s.order_id, -f.order_id) as order_id, coalesce(s.state, 'NONE') as state,
             coalesce(s.step, '') as step, coalesce(s.overdue, false) as overdue, s.parked_why,
             s.refusal, extract(epoch from coalesce(s.started_at, f.started_at)) as started,
             f.state as return_state, f.step as return_step
        from (select * from ever where order_id > 0) s
        full join (select * from ever where order_id < 0) f on f.order_id = -s.order_id
       order by 1
      """;

  private static final String OPEN =
      """
      select count(*) from saga
       where state in ('RUNNING', 'COMPENSATING') and not abs(order_id) = any(?)
      """;

  /** Sagas without a deadline, except those that an operator holds or has just released. */
  private static final String SILENT =
      """
      select abs(order_id) as order_id, state, step, round, attempt, asked_at, deadline
        from saga
       where state in ('RUNNING', 'COMPENSATING') and parked_since is null
         and (deadline is null or deadline < clock_timestamp() - ? * interval '1 ms')
         and not (attempt = 0 and step in (
               select step from step_pause
               union all
               select step from desk_act
                where order_id is null and act = 'RESUME'
                  and at > clock_timestamp() - ? * interval '1 ms'))
       order by order_id
      """;

  private static final String OVERDUE =
      """
      select abs(order_id) as order_id, state, step, round, attempt, asked_at, deadline
        from saga
       where state in ('RUNNING', 'COMPENSATING') and parked_since is null and overdue
         and deadline >= clock_timestamp() - ? * interval '1 ms'
       order by order_id
      """;

  private static final String PARKED =
      """
      select abs(order_id) as order_id, state, step, round, parked_since, parked_why
        from saga
       where state in ('RUNNING', 'COMPENSATING') and parked_since is not null
       order by order_id
      """;

  /**
   * Dead letters that an operator has neither redriven nor discarded, of sagas that have not ended
   * and of orders that no saga took up. Others delay no order.
   */
  private static final String DEAD_LETTERS =
      """
      select l.order_id, l.id as letter, l.type, l.topic, l.cause, l.detail, l.died_at, s.state, s.step
        from dead_letter l
        left join saga s on s.order_id = l.order_id
       where l.status = 'WAITING' and l.order_id is not null
         and (s.state in ('RUNNING', 'COMPENSATING')
              or l.type = 'OrderPlaced'
                 and not exists (select from saga_ever e where e.order_id = l.order_id))
       order by l.id
      """;

  private static final String LETTERS_BY_STATUS =
      "select status as what, count(*) as letters from dead_letter group by status order by 1";

  private static final String SETTLED_BY_HAND =
      """
      select order_id, string_agg(concat_ws(' ', step, 'by', who || ':', why), '; ' order by at) as acts
        from desk_act where act = 'SETTLE'
       group by order_id order by order_id limit 100000
      """;

  private static final String BY_STATE =
      """
      select state as what, count(*) as sagas from saga_ever group by state
      union all
      select 'overdue', count(*) from saga where state in ('RUNNING', 'COMPENSATING') and overdue
      union all
      select 'parked', count(*) from saga
       where state in ('RUNNING', 'COMPENSATING') and parked_since is not null
       order by 1
      """;

  private final Snapshot snapshot;

  public SagaTables(Snapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * @param state NONE if no saga settled the order
   * @param step what it waits for, or waited for last
   * @param refusal why it is undone
   * @param started by this database's clock
   * @param returnState of the saga that returns the order; null if there is none
   */
  public record Row(
      long orderId,
      String state,
      String step,
      boolean overdue,
      @Nullable String parkedWhy,
      @Nullable String refusal,
      Instant started,
      @Nullable String returnState,
      @Nullable String returnStep) {

    /** Whether the order is being returned, up to the notification at most. */
    public boolean isReturning() {
      return "RUNNING".equals(returnState);
    }

    /** Whether no saga settled the order, and one returns it. */
    public boolean isReturnOnly() {
      return state.equals("NONE");
    }

    public boolean isOpen() {
      return state.equals("RUNNING") || state.equals("COMPENSATING");
    }

    @Override
    public String toString() {
      return "%s at %s%s%s%s%s"
          .formatted(
              state,
              step,
              refusal == null ? "" : ", because of " + refusal,
              overdue ? ", overdue" : "",
              parkedWhy == null ? "" : ", parked: " + parkedWhy,
              returnState == null ? "" : "; return %s at %s".formatted(returnState, returnStep));
    }
  }

  public OrderCursor<Row> all() throws SQLException {
    return snapshot.stream(SagaTables::row, Row::orderId, ALL);
  }

  /** How many sagas have not ended, but for the planted ones. */
  public long open(Set<Long> planted) throws SQLException {
    return snapshot.number(OPEN, planted);
  }

  /** Sagas that no timer will wake: a violation in any case. */
  public void judgeSilence(Findings findings, Duration late) throws SQLException {
    snapshot.report(findings, Kind.STUCK_IN_SILENCE, SILENT, late.toMillis(), late.toMillis());
  }

  /** Sagas that timers handle, but that should have ended when no fault is left. */
  public void judgeTrouble(Findings findings, Duration late) throws SQLException {
    snapshot.report(findings, Kind.OVERDUE, OVERDUE, late.toMillis());
    snapshot.report(findings, Kind.PARKED, PARKED);
    snapshot.report(findings, Kind.DEAD_LETTER_WAITING, DEAD_LETTERS);
  }

  /** Steps that an operator settled by hand, by order. */
  public Map<Long, String> settledByHand() throws SQLException {
    return snapshot
        .list(row -> Map.entry(row.getLong(1), row.getString(2)), SETTLED_BY_HAND)
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  public List<Summary.Line> summary() throws SQLException {
    return snapshot.list(
        row -> new Summary.Line(row.getString("what"), row.getLong("sagas")), BY_STATE);
  }

  /** Dead letters by status. */
  public List<Summary.Line> deadLetters() throws SQLException {
    return snapshot.list(
        row -> new Summary.Line(row.getString("what"), row.getLong("letters")), LETTERS_BY_STATUS);
  }

  private static Row row(ResultSet row) throws SQLException {
    return new Row(
        row.getLong("order_id"),
        row.getString("state"),
        row.getString("step"),
        row.getBoolean("overdue"),
        row.getString("parked_why"),
        row.getString("refusal"),
        Instant.ofEpochMilli((long) (row.getDouble("started") * 1_000)),
        row.getString("return_state"),
        row.getString("return_step"));
  }
}
