package dev.mall.saga.runtime.store;

import dev.mall.contracts.Event;
import dev.mall.messaging.envelope.MessageCodec;
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
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/**
 * Reads rows of the table {@code saga}, and makes columns of values for those to write.
 *
 * <p>The event's version, if it is not the first, stands before its JSON. A column of its own would
 * break the prepared {@code select *} of replicas of the first release while it is added.
 */
final class SagaRows implements RowMapper<StoredSaga> {

  /** Which open sagas this release can go on with; the parameter is {@link #continuable}. */
  static final String CONTINUABLE =
      """
      definition || '/' || version || '/'
      || case when event like '{%' then '1' else split_part(event, ' ', 1) end = any(:known)
      """;

  private static final Pattern EVENT = Pattern.compile("(?:([0-9]{1,9}) )?(\\{.*)", Pattern.DOTALL);

  private final MessageCodec codec;
  private final SagaDefinitions definitions;

  SagaRows(MessageCodec codec, SagaDefinitions definitions) {
    this.codec = codec;
    this.definitions = definitions;
  }

  /** Definitions and versions of their events, as {@link #CONTINUABLE} compares them. */
  static String[] continuable(SagaDefinitions definitions, MessageCodec codec) {
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
    var event = event(definition, row.getString("event"));
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
        new Progress(texts(row, "done"), texts(row, "in_doubt"), row.getString("refusal")),
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

  /** Empty if this release does not know the definition, or does not read the event. */
  private Optional<Event> event(DefinitionId id, String stored) {
    return definitions.find(id).flatMap(definition -> event(definition.startedBy(), stored));
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

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static @Nullable Instant nullableInstant(ResultSet row, String column) throws SQLException {
    var time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  /** A column of texts; what is not text is written as such. */
  static <T> @Nullable String[] texts(
      List<T> rows, Function<T, ? extends @Nullable Object> column) {
    return rows.stream()
        .map(column)
        .map(value -> value == null ? null : value.toString())
        .toArray(String[]::new);
  }

  static <T> int[] numbers(List<T> rows, ToIntFunction<T> column) {
    return rows.stream().mapToInt(column).toArray();
  }
}
