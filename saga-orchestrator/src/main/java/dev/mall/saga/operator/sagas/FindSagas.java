package dev.mall.saga.operator.sagas;

import dev.mall.saga.engine.SagaInstance.Progress;
import dev.mall.saga.engine.SagaPath;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.TimelineEntry.What;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.operator.audit.AuditLog;
import dev.mall.saga.operator.sagas.SagaDetails.Line;
import dev.mall.saga.operator.sagas.SagaSummary.ParkedView;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.annotation.Transactional;

/** Reads sagas for people, whatever release began them. */
@Component
public class FindSagas {

  private static final String COLUMNS =
      """
      select order_id, definition, version, state, step, round, attempt, asked_at, deadline,
             done, in_doubt, refusal, overdue, parked_since, parked_why, started_at
      """;

  /** Nothing that has ended is overdue or parked. */
  private static final String OPEN = "state in ('RUNNING', 'COMPENSATING')";

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
  public Optional<SagaDetails> story(long orderId) {
    return jdbc.sql(COLUMNS + " from saga_ever where order_id = :id")
        .param("id", orderId)
        .query((row, _) -> summary(row))
        .optional()
        .map(saga ->
            new SagaDetails(
                saga,
                remaining(saga),
                deferred(orderId),
                jdbc.sql(TIMELINE).param("id", orderId).query((row, _) -> line(row)).list(),
                acts.about(orderId)));
  }

  private int deferred(long orderId) {
    return jdbc.sql("select count(*) from deferred_signal where order_id = :id")
        .param("id", orderId)
        .query(Integer.class)
        .single();
  }

  private @Nullable List<String> remaining(SagaSummary saga) {
    var progress = new Progress(saga.done(), saga.inDoubt(), saga.refusal());
    return definitions
        .find(new DefinitionId(saga.definition(), saga.version()))
        .map(definition ->
            saga.state().isOpen()
                ? SagaPath.of(definition, saga.state(), progress).remainingFrom(saga.step())
                : List.<String>of())
        .orElse(null);
  }

  /** The oldest that pass, by order id, from after {@code afterId} on. */
  public List<SagaSummary> list(SagaFilter filter, long afterId, int limit) {
    var statement =
        jdbc.sql(COLUMNS + " from saga" + where(filter) + " order by order_id limit :limit")
            .param("after", afterId)
            .param("limit", limit);
    if (filter.olderThan() != null) {
      statement = statement.param("seconds", filter.olderThan().toMillis() / 1000.0);
    }
    if (filter.step() != null) {
      statement = statement.param("step", filter.step());
    }
    return (filter.version() == null ? statement : statement.param("version", filter.version()))
        .query((row, _) -> summary(row))
        .list();
  }

  /** Written out, so that the database sees when the index of open sagas will do. */
  private static String where(SagaFilter filter) {
    var conditions = new ArrayList<String>();
    conditions.add("order_id > :after");
    if (filter.state() != null) {
      conditions.add("state = '%s'".formatted(filter.state()));
    }
    if (filter.olderThan() != null) {
      conditions.add("started_at <= clock_timestamp() - make_interval(secs => :seconds)");
    }
    if (filter.overdue() != null) {
      conditions.add(filter.overdue() ? "overdue and " + OPEN : "not overdue");
    }
    if (filter.parked() != null) {
      conditions.add(
          filter.parked() ? "parked_since is not null and " + OPEN : "parked_since is null");
    }
    if (filter.step() != null) {
      conditions.add("step = :step and " + OPEN);
    }
    if (filter.held() != null) {
      conditions.add(
          filter.held() ? "attempt = 0 and " + OPEN : "not (attempt = 0 and %s)".formatted(OPEN));
    }
    if (filter.deferred() != null) {
      conditions.add(
          (filter.deferred() ? "" : "not ")
              + "exists (select from deferred_signal d where d.order_id = saga.order_id)");
    }
    if (filter.version() != null) {
      conditions.add(
          filter.state() == null ? "version = :version and " + OPEN : "version = :version");
    }
    return " where " + String.join(" and ", conditions);
  }

  private static SagaSummary summary(ResultSet row) throws SQLException {
    return new SagaSummary(
        row.getString("order_id"),
        row.getString("definition"),
        row.getInt("version"),
        SagaState.valueOf(row.getString("state")),
        row.getString("step"),
        row.getInt("round"),
        row.getInt("attempt"),
        time(row, "asked_at"),
        row.getObject("deadline") == null ? null : time(row, "deadline"),
        texts(row, "done"),
        texts(row, "in_doubt"),
        row.getString("refusal"),
        row.getBoolean("overdue"),
        row.getInt("attempt") == 0 && SagaState.valueOf(row.getString("state")).isOpen(),
        row.getString("parked_why") == null
            ? null
            : new ParkedView(time(row, "parked_since"), row.getString("parked_why")),
        time(row, "started_at"));
  }

  private static Line line(ResultSet row) throws SQLException {
    return new Line(
        row.getInt("number"),
        time(row, "at"),
        What.valueOf(row.getString("what")),
        SagaState.valueOf(row.getString("state")),
        row.getString("step"),
        row.getInt("round"),
        row.getInt("attempt"),
        row.getString("heard"),
        row.getObject("heard_id", UUID.class),
        row.getString("said"),
        row.getObject("said_id", UUID.class),
        row.getObject("deadline") == null ? null : time(row, "deadline"),
        row.getString("detail"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  private static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }
}
