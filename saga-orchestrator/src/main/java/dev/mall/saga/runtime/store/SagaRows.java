package dev.mall.saga.runtime.store;

import static dev.mall.runtime.Columns.instant;
import static dev.mall.runtime.Columns.nullableInstant;
import static dev.mall.runtime.Columns.textList;

import dev.mall.contracts.Event;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.runtime.Columns;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaInstance.Condition;
import dev.mall.saga.engine.SagaInstance.CurrentStep;
import dev.mall.saga.engine.SagaInstance.Origin;
import dev.mall.saga.engine.SagaInstance.Parked;
import dev.mall.saga.engine.SagaInstance.Progress;
import dev.mall.saga.engine.SagaState;
import dev.mall.saga.engine.definition.DefinitionId;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.runtime.store.StoredSaga.Standing;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Component;

/**
 * Reads rows of the table {@code saga}, and makes columns of values for those to write.
 *
 * <p>The event's version, if it is not the first, stands before its JSON. A column of its own would
 * break the prepared {@code select *} of replicas of the first release while it is added.
 */
@Component
public class SagaRows implements RowMapper<StoredSaga> {

  /** Which open sagas this release can continue; {@link #continuable} sets the parameters. */
  static final String CONTINUABLE =
      """
      definition || '/' || version || '/'
      || case when event like '{%' then '1' else split_part(event, ' ', 1) end = any(:known)
      and saga.order_id <> all(:unreadable)
      """;

  private static final Pattern EVENT = Pattern.compile("(?:([0-9]{1,9}) )?(\\{.*)", Pattern.DOTALL);

  private static final Logger log = LoggerFactory.getLogger(SagaRows.class);

  /** Open sagas whose event this process failed to decode: no query claims them again. */
  private final Set<Long> unreadable = ConcurrentHashMap.newKeySet();

  private final MessageCodec codec;
  private final SagaDefinitions definitions;

  public SagaRows(MessageCodec codec, SagaDefinitions definitions) {
    this.codec = codec;
    this.definitions = definitions;
  }

  /** Sets the parameters of {@link #CONTINUABLE}. */
  StatementSpec continuable(StatementSpec statement) {
    return statement.param("known", known()).param("unreadable", Columns.longs(unreadable));
  }

  private String[] known() {
    return definitions.known().stream()
        .flatMap(definition ->
            codec.versionsRead(definition.startedBy()).stream()
                .map(version ->
                    "%s/%d/%d"
                        .formatted(definition.id().name(), definition.id().version(), version)))
        .toArray(String[]::new);
  }

  @Override
  public StoredSaga mapRow(ResultSet row, int number) throws SQLException {
    var standing =
        new Standing(
            row.getLong("order_id"),
            SagaState.valueOf(row.getString("state")),
            row.getString("step"),
            row.getInt("round"));
    if (!standing.state().isOpen()) {
      return new StoredSaga.Ended(standing);
    }
    var definition = new DefinitionId(row.getString("definition"), row.getInt("version"));
    var event = event(standing.id(), definition, row.getString("event"));
    return event.isPresent()
        ? new StoredSaga.Open(instance(row, definition, event.get()))
        : new StoredSaga.Foreign(standing, definition);
  }

  private static SagaInstance instance(ResultSet row, DefinitionId definition, Event event)
      throws SQLException {
    return new SagaInstance(
        origin(row, definition, event),
        SagaState.valueOf(row.getString("state")),
        new CurrentStep(
            row.getString("step"),
            row.getInt("round"),
            row.getInt("attempt"),
            instant(row, "asked_at"),
            nullableInstant(row, "deadline")),
        new Progress(textList(row, "done"), textList(row, "in_doubt"), row.getString("refusal")),
        new Condition(row.getBoolean("overdue"), parked(row)),
        row.getInt("lines"));
  }

  private static Origin origin(ResultSet row, DefinitionId definition, Event event)
      throws SQLException {
    return new Origin(
        row.getLong("order_id"),
        definition,
        event,
        row.getString("traceparent"),
        instant(row, "started_at"));
  }

  /** Empty if this release does not know the definition, or cannot read the event. */
  private Optional<Event> event(long id, DefinitionId definition, String stored) {
    try {
      var event = definitions.find(definition).flatMap(known -> event(known.startedBy(), stored));
      unreadable.remove(id);
      return event;
    } catch (IllegalArgumentException broken) {
      if (unreadable.add(id)) {
        log.error("event of saga {} unreadable, leaving the saga to another release", id, broken);
      }
      return Optional.empty();
    }
  }

  private Optional<Event> event(Class<? extends Event> type, String stored) {
    var parts = EVENT.matcher(stored);
    if (!parts.matches()) {
      return Optional.empty();
    }
    int version = parts.group(1) == null ? 1 : Integer.parseInt(parts.group(1));
    return codec.reads(type, version)
        ? Optional.of(codec.decode(type, version, parts.group(2).getBytes(StandardCharsets.UTF_8)))
        : Optional.empty();
  }

  String stored(Event event) {
    var encoded = codec.encode(event);
    var body = new String(encoded.body(), StandardCharsets.UTF_8);
    return encoded.version() == 1 ? body : encoded.version() + " " + body;
  }

  private static @Nullable Parked parked(ResultSet row) throws SQLException {
    var since = nullableInstant(row, "parked_since");
    return since == null ? null : new Parked(since, row.getString("parked_why"));
  }
}
