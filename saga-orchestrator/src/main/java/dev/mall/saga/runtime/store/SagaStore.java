package dev.mall.saga.runtime.store;

import static dev.mall.runtime.Columns.ints;
import static dev.mall.runtime.Columns.texts;

import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.runtime.Columns;
import dev.mall.saga.engine.EngineContext;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaInstance.Parked;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/** The SQL: loads and writes sagas, any number of them in one statement. */
@Component
public class SagaStore {

  /** Those that are archived have ended, and nothing changes them. */
  private static final String LOCK =
      """
      with locked as (
        select * from saga where order_id = any(:ids) order by order_id for update)
      select * from locked
      union all
      select * from saga_archive where order_id = any(:ids)
      """;

  private static final String CONDITIONS =
      """
      select clock_timestamp() as now, array(select step from step_pause) as paused,
             exists (select from deferred_signal) as deferring
      """;

  private static final String INSERT =
      """
      insert into saga (
               order_id, definition, version, state, step, round, attempt, asked_at, deadline,
               done, in_doubt, refusal, overdue, lines, event, traceparent, started_at)
      select order_id, definition, version, state, step, round, attempt,
             asked_at::timestamptz, deadline::timestamptz,
             string_to_array(done, ','), string_to_array(in_doubt, ','), refusal,
             overdue::boolean, lines, event, traceparent, started_at::timestamptz
        from unnest(:ids, :states, :steps, :rounds, :attempts, :asked, :deadlines,
                    :done, :doubts, :refusals, :overdue, :lines,
                    :definitions, :versions, :events, :traces, :started)
             as s (order_id, state, step, round, attempt, asked_at, deadline,
                   done, in_doubt, refusal, overdue, lines,
                   definition, version, event, traceparent, started_at)
       where not exists (select from saga_archive a where a.order_id = s.order_id)
       order by order_id
      on conflict do nothing
      """;

  private static final String UPDATE =
      """
      update saga
         set state = s.state, step = s.step, round = s.round, attempt = s.attempt,
             asked_at = s.asked_at::timestamptz, deadline = s.deadline::timestamptz,
             done = string_to_array(s.done, ','), in_doubt = string_to_array(s.in_doubt, ','),
             refusal = s.refusal, overdue = s.overdue::boolean, lines = s.lines,
             parked_since = s.parked_since::timestamptz, parked_why = s.parked_why
        from unnest(:ids, :states, :steps, :rounds, :attempts, :asked, :deadlines,
                    :done, :doubts, :refusals, :overdue, :lines, :parkedSince, :parkedWhy)
             as s (order_id, state, step, round, attempt, asked_at, deadline,
                   done, in_doubt, refusal, overdue, lines, parked_since, parked_why)
       where saga.order_id = s.order_id
      """;

  private final JdbcClient jdbc;
  private final SagaRows rows;
  private final Outbox outbox;

  public SagaStore(JdbcClient jdbc, SagaRows rows, Outbox outbox) {
    this.jdbc = jdbc;
    this.rows = rows;
    this.outbox = outbox;
  }

  /** Those of the sagas that exist, locked until the transaction ends. */
  public List<StoredSaga> locked(Collection<Long> ids) {
    return jdbc.sql(LOCK).param("ids", Columns.longs(ids)).query(rows).list();
  }

  /**
   * @param deferring whether any signals are deferred
   */
  public record BatchContext(EngineContext engine, boolean deferring) {}

  /** The database's clock, what is paused, and whether anything is deferred. */
  public BatchContext context() {
    return jdbc.sql(CONDITIONS)
        .query((row, _) ->
            new BatchContext(
                new EngineContext(
                    Columns.instant(row, "now"), Set.copyOf(Columns.textList(row, "paused"))),
                row.getBoolean("deferring")))
        .single();
  }

  /** Those of the sagas whose latest command the relay has not published yet. */
  public Set<Long> unsent(List<SagaInstance> sagas) {
    var unsent =
        outbox.unsent(
            sagas.stream()
                .collect(
                    Collectors.toMap(
                        SagaInstance::commandId, saga -> Long.toString(saga.orderId()))));
    return sagas.stream()
        .filter(saga -> unsent.contains(saga.commandId()))
        .map(SagaInstance::id)
        .collect(Collectors.toSet());
  }

  /**
   * @throws StaleWriteException if another replica started one of them meanwhile
   */
  public void insert(List<SagaInstance> sagas) {
    if (sagas.isEmpty()) {
      return;
    }
    int written =
        state(jdbc.sql(INSERT), sagas)
            .param("definitions", texts(sagas, saga -> saga.origin().definition().name()))
            .param("versions", ints(sagas, saga -> saga.origin().definition().version()))
            .param("events", texts(sagas, saga -> rows.stored(saga.origin().event())))
            .param("traces", texts(sagas, saga -> saga.origin().traceparent()))
            .param("started", texts(sagas, saga -> saga.origin().startedAt()))
            .update();
    StaleWriteException.unless(sagas.size(), written, "new sagas");
  }

  public void update(List<SagaInstance> sagas) {
    if (sagas.isEmpty()) {
      return;
    }
    int written =
        state(jdbc.sql(UPDATE), sagas)
            .param("parkedSince", texts(sagas, saga -> parked(saga, Parked::since)))
            .param("parkedWhy", texts(sagas, saga -> parked(saga, Parked::why)))
            .update();
    StaleWriteException.unless(sagas.size(), written, "sagas");
  }

  /** The columns that change from step to step. */
  private static StatementSpec state(StatementSpec statement, List<SagaInstance> sagas) {
    return statement
        .param("ids", Columns.longs(sagas, SagaInstance::id))
        .param("states", texts(sagas, SagaInstance::state))
        .param("steps", texts(sagas, saga -> saga.current().step()))
        .param("rounds", ints(sagas, saga -> saga.current().round()))
        .param("attempts", ints(sagas, saga -> saga.current().attempt()))
        .param("asked", texts(sagas, saga -> saga.current().since()))
        .param("deadlines", texts(sagas, saga -> saga.current().deadline()))
        .param("done", texts(sagas, saga -> String.join(",", saga.progress().done())))
        .param("doubts", texts(sagas, saga -> String.join(",", saga.progress().inDoubt())))
        .param("refusals", texts(sagas, saga -> saga.progress().refusal()))
        .param("overdue", texts(sagas, saga -> saga.condition().overdue()))
        .param("lines", ints(sagas, SagaInstance::lines));
  }

  private static <T> @Nullable T parked(SagaInstance saga, Function<Parked, T> part) {
    var parked = saga.condition().parked();
    return parked == null ? null : part.apply(parked);
  }
}
