package dev.mall.saga.operator.sagas;

import static dev.mall.runtime.Columns.instant;
import static dev.mall.runtime.Columns.nullableInstant;
import static dev.mall.runtime.Columns.textList;

import dev.mall.saga.engine.SagaInstance.Progress;
import dev.mall.saga.engine.SagaPath;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.TimelineEntry;
import dev.mall.saga.engine.TimelineEntry.What;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.engine.definition.SagaTurn;
import dev.mall.saga.operator.audit.AuditLog;
import dev.mall.saga.operator.sagas.SagaSummary.ParkedView;
import dev.mall.saga.operator.sagas.SagaSummary.Step;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads sagas for operators, whichever release started them. */
@Component
public class FindSagas {

  private static final String COLUMNS =
      """
      select order_id, definition, version, state, step, round, attempt, asked_at, deadline,
             done, in_doubt, refusal, overdue, parked_since, parked_why, started_at
      """;

  private static final String TIMELINE =
      """
      select number, at, what, state, step, round, attempt,
             heard, heard_id, said, said_id, deadline, detail
        from saga_timeline_ever
       where order_id = :id
       order by number
      """;

  private final JdbcClient jdbc;
  private final SagaDefinitions definitions;
  private final AuditLog acts;

  FindSagas(JdbcClient jdbc, SagaDefinitions definitions, AuditLog acts) {
    this.jdbc = jdbc;
    this.definitions = definitions;
    this.acts = acts;
  }

  /** Saga and timeline as they were at one moment, also when they are archived. */
  @Transactional(readOnly = true, isolation = Isolation.REPEATABLE_READ)
  public Optional<SagaDetails> story(long sagaId) {
    return jdbc.sql(COLUMNS + " from saga_ever where order_id = :id")
        .param("id", sagaId)
        .query((row, _) -> summary(row))
        .optional()
        .map(saga ->
            new SagaDetails(
                saga,
                remaining(saga),
                deferred(sagaId),
                jdbc.sql(TIMELINE).param("id", sagaId).query((row, _) -> entry(row)).list(),
                acts.about(SagaTurn.orderOf(sagaId))));
  }

  private int deferred(long sagaId) {
    return jdbc.sql("select count(*) from deferred_signal where order_id = :id")
        .param("id", sagaId)
        .query(Integer.class)
        .single();
  }

  private @Nullable List<String> remaining(SagaSummary saga) {
    var progress = new Progress(saga.done(), saga.inDoubt(), saga.refusal());
    return definitions
        .find(new DefinitionId(saga.definition(), saga.version()))
        .map(definition ->
            saga.state().isOpen()
                ? SagaPath.of(definition, saga.state(), progress).remainingFrom(saga.step().step())
                : List.<String>of())
        .orElse(null);
  }

  /** The sagas that pass, by their ids, from after {@code afterId} on. */
  public List<SagaSummary> list(SagaFilter filter, long afterId, int limit) {
    var where = filter.where().and(afterId, "order_id > :after", "after");
    return where
        .fill(
            jdbc.sql(
                "%s from saga where %s order by order_id limit :limit".formatted(COLUMNS, where)))
        .param("limit", limit)
        .query((row, _) -> summary(row))
        .list();
  }

  private static SagaSummary summary(ResultSet row) throws SQLException {
    return new SagaSummary(
        Long.toString(SagaTurn.orderOf(row.getLong("order_id"))),
        SagaTurn.of(row.getLong("order_id")),
        row.getString("definition"),
        row.getInt("version"),
        SagaState.valueOf(row.getString("state")),
        new Step(
            row.getString("step"),
            row.getInt("round"),
            row.getInt("attempt"),
            instant(row, "asked_at"),
            nullableInstant(row, "deadline")),
        textList(row, "done"),
        textList(row, "in_doubt"),
        row.getString("refusal"),
        row.getBoolean("overdue"),
        row.getInt("attempt") == 0 && SagaState.valueOf(row.getString("state")).isOpen(),
        row.getString("parked_why") == null
            ? null
            : new ParkedView(instant(row, "parked_since"), row.getString("parked_why")),
        instant(row, "started_at"));
  }

  private static TimelineEntry entry(ResultSet row) throws SQLException {
    return new TimelineEntry(
        row.getInt("number"),
        instant(row, "at"),
        What.valueOf(row.getString("what")),
        SagaState.valueOf(row.getString("state")),
        row.getString("step"),
        row.getInt("round"),
        row.getInt("attempt"),
        row.getString("heard"),
        row.getObject("heard_id", UUID.class),
        row.getString("said"),
        row.getObject("said_id", UUID.class),
        nullableInstant(row, "deadline"),
        row.getString("detail"));
  }
}
