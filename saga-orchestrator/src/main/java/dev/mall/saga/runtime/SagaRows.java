package dev.mall.saga.runtime;

import dev.mall.contracts.Event;
import dev.mall.messaging.MessageCodec;
import dev.mall.saga.engine.SagaInstance;
import dev.mall.saga.engine.SagaInstance.Asking;
import dev.mall.saga.engine.SagaInstance.DefinitionId;
import dev.mall.saga.engine.SagaInstance.Origin;
import dev.mall.saga.engine.SagaInstance.Parked;
import dev.mall.saga.engine.SagaInstance.Progress;
import dev.mall.saga.engine.SagaInstance.Trouble;
import dev.mall.saga.engine.SagaState;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowMapper;

/** Reads rows of the table {@code saga}, and makes columns of values for those to write. */
final class SagaRows implements RowMapper<SagaInstance> {

  private final MessageCodec codec;
  private final SagaDefinitions definitions;

  SagaRows(MessageCodec codec, SagaDefinitions definitions) {
    this.codec = codec;
    this.definitions = definitions;
  }

  @Override
  public SagaInstance mapRow(ResultSet row, int number) throws SQLException {
    return new SagaInstance(
        origin(row),
        SagaState.valueOf(row.getString("state")),
        new Asking(
            row.getString("step"),
            row.getInt("round"),
            row.getInt("attempt"),
            instant(row, "asked_at"),
            nullableInstant(row, "deadline")),
        new Progress(texts(row, "done"), texts(row, "in_doubt"), row.getString("refusal")),
        new Trouble(row.getBoolean("overdue"), parked(row)),
        row.getInt("lines"));
  }

  private Origin origin(ResultSet row) throws SQLException {
    var definition = new DefinitionId(row.getString("definition"), row.getInt("version"));
    return new Origin(
        row.getLong("order_id"),
        definition,
        event(definitions.named(definition).startedBy(), row.getString("event")),
        row.getString("traceparent"),
        instant(row, "started_at"));
  }

  private Event event(Class<? extends Event> type, String json) {
    return codec.message(type, json.getBytes(StandardCharsets.UTF_8));
  }

  String json(Event event) {
    return new String(codec.body(event), StandardCharsets.UTF_8);
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
