package dev.mall.saga.runtime.store;

import static dev.mall.runtime.Columns.texts;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.RawMessage;
import dev.mall.runtime.Columns;
import dev.mall.saga.engine.Signal.DeadLettered;
import dev.mall.saga.engine.definition.SagaDefinitions;
import dev.mall.saga.runtime.store.SagaSignal.Arrival;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;

/**
 * Stores signals of sagas that this release cannot continue, until a release takes them up that
 * can. The caller has locked the sagas' rows, so each saga's signals are numbered in order of
 * arrival and are taken up once.
 */
@Component
public class DeferredSignals {

  private static final Logger log = LoggerFactory.getLogger(DeferredSignals.class);

  private static final String PUT =
      """
      insert into deferred_signal (order_id, message_id, topic, key, headers, payload)
      select order_id, message_id::uuid, topic, key, headers, payload
        from unnest(:orders, :ids, :topics, :keys, :headers, :payloads)
             with ordinality as s (order_id, message_id, topic, key, headers, payload, position)
       order by position
      on conflict do nothing
      """;

  private static final String TAKE =
      """
      delete from deferred_signal
       where order_id = any(:orders)
      returning number, order_id, message_id, topic, key, headers, payload
      """;

  /** An ended saga's are taken up, too, and come to nothing. */
  private static final String READY =
      """
      select distinct d.order_id
        from deferred_signal d
        left join saga on saga.order_id = d.order_id
       where saga.order_id is null
          or saga.state not in ('RUNNING', 'COMPENSATING')
          or (%s)
       order by d.order_id
       limit :limit
      """
          .formatted(SagaRows.CONTINUABLE);

  private final JdbcClient jdbc;
  private final MessageCodec codec;
  private final SagaRows rows;
  private final SagaDefinitions definitions;

  public DeferredSignals(
      JdbcClient jdbc, MessageCodec codec, SagaRows rows, SagaDefinitions definitions) {
    this.jdbc = jdbc;
    this.codec = codec;
    this.rows = rows;
    this.definitions = definitions;
  }

  private record Numbered(long number, SagaSignal signal) {}

  /** Orders with signals that can be taken up now. */
  public List<Long> ready(int limit) {
    return rows.continuable(jdbc.sql(READY))
        .param("limit", limit)
        .query((row, _) -> row.getLong(1))
        .list();
  }

  public void put(List<SagaSignal> signals) {
    if (signals.isEmpty()) {
      return;
    }
    var arrivals = signals.stream().map(s -> Objects.requireNonNull(s.arrival())).toList();
    jdbc.sql(PUT)
        .param("orders", Columns.longs(signals, SagaSignal::sagaId))
        .param("ids", texts(arrivals, Arrival::id))
        .param("topics", texts(arrivals, arrival -> arrival.message().topic()))
        .param("keys", texts(arrivals, arrival -> arrival.message().key()))
        .param("headers", texts(arrivals, arrival -> codec.toJson(arrival.message().headers())))
        .param("payloads", Columns.bytes(arrivals, arrival -> arrival.message().body()))
        .update();
  }

  /** Removes the signals of {@code orders} and returns them in the order they came. */
  public List<SagaSignal> take(Collection<Long> orders) {
    return jdbc
        .sql(TAKE)
        .param("orders", Columns.longs(orders))
        .query((row, _) -> new Numbered(row.getLong("number"), signal(row)))
        .list()
        .stream()
        .sorted(Comparator.comparingLong(Numbered::number))
        .map(Numbered::signal)
        .toList();
  }

  private SagaSignal signal(ResultSet row) throws SQLException {
    long saga = row.getLong("order_id");
    var topic = row.getString("topic");
    var headers = headers(saga, row.getString("headers"));
    var raw = new RawMessage(topic, row.getString("key"), headers, row.getBytes("payload"));
    return read(raw)
        .map(signal -> new SagaSignal(saga, signal.signal(), signal.arrival()))
        .orElseGet(() -> new SagaSignal(saga, unreadable(raw)));
  }

  /** None if they are no JSON object: the message is unreadable then. */
  private Map<String, String> headers(long saga, String stored) {
    try {
      return codec.headers(stored);
    } catch (JacksonException broken) {
      log.error("headers of a deferred signal of saga {} unreadable", saga, broken);
      return Map.of();
    }
  }

  private Optional<SagaSignal> read(RawMessage raw) {
    return Topics.areDeadLetters(raw.topic())
        ? codec.readDeadLetter(raw).map(SagaSignal::of).stream().flatMap(List::stream).findFirst()
        : codec.read(raw).map(message -> SagaSignal.of(message, definitions));
  }

  /** The saga is parked if it waits for this; a retry gets the answer once more. */
  private static DeadLettered unreadable(RawMessage raw) {
    var type = raw.headers().get(Headers.TYPE);
    log.error("deferred {} of {} unreadable by this release, too", type, raw.topic());
    return new DeadLettered(
        id(raw, Headers.ID),
        id(raw, Headers.CAUSATION_ID),
        type,
        "a deferred %s cannot be read".formatted(type));
  }

  private static @Nullable UUID id(RawMessage raw, String header) {
    var id = raw.headers().get(header);
    return id == null ? null : UUID.fromString(id);
  }
}
