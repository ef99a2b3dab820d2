package dev.mall.messaging.outbox.relay;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.outbox.CommitNotifications;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.messaging.outbox.relay.OutboxPublisher.Failed;
import dev.mall.runtime.Columns;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import tools.jackson.core.JacksonException;

/**
 * Rows of the outbox that Kafka will never take as they are. They wait here for an operator, who is
 * notified by a dead letter; later rows of their keys are sent meanwhile.
 */
final class OutboxQuarantine {

  private static final Logger log = LoggerFactory.getLogger(OutboxQuarantine.class);

  private static final int MAX_REASON = 500;

  /** A longer body is cut in the dead letter, which would be refused as its message was. */
  private static final int MAX_LETTER_BODY = 100_000;

  private static final String ADD =
      """
      with refused as (
        select number, reason from unnest(:numbers, :reasons) as r (number, reason)),
      gone as (
        delete from outbox o using refused r where o.number = r.number
        returning o.number, o.topic, o.key, o.headers, o.payload, o.created_at, r.reason)
      insert into outbox_quarantine (number, topic, key, headers, payload, created_at, reason)
      select number, topic, key, headers, payload, created_at, reason from gone
      returning number
      """;

  private static final String LIST =
      """
      select number, topic, key, headers, octet_length(payload) as bytes, reason, created_at,
             quarantined_at
        from outbox_quarantine
       order by number
       limit :limit
      """;

  private static final String RELEASE =
      """
      with released as (
        delete from outbox_quarantine where number = :number
        returning topic, key, headers, payload, created_at)
      insert into outbox (topic, key, headers, payload, created_at)
      select topic, key, headers, payload, created_at from released
      """;

  private final JdbcClient jdbc;
  private final Outbox outbox;
  private final TransactionOperations transaction;
  private final CommitNotifications notifications;
  private final MessageCodec codec;
  private final String service;

  /**
   * @param service who gives up, as dead letters say
   */
  OutboxQuarantine(
      JdbcClient jdbc,
      Outbox outbox,
      TransactionOperations transaction,
      CommitNotifications notifications,
      MessageCodec codec,
      String service) {
    this.jdbc = jdbc;
    this.outbox = outbox;
    this.transaction = transaction;
    this.notifications = notifications;
    this.codec = codec;
    this.service = service;
  }

  /**
   * A row in quarantine.
   *
   * @param number the one it had in the outbox
   * @param headers a JSON object, if they are legible at all
   * @param bytes length of the body
   * @param createdAt when it was appended to the outbox
   */
  record Quarantined(
      long number,
      String topic,
      String key,
      String headers,
      int bytes,
      String reason,
      Instant createdAt,
      Instant quarantinedAt) {}

  /** Moves rows here and appends their dead letters, in one transaction. */
  void add(List<Failed> refused) {
    if (refused.isEmpty()) {
      return;
    }
    transaction.executeWithoutResult(_ -> {
      var moved = move(refused); // not those that another relay has moved before
      var known = refused.stream().filter(failed -> moved.contains(failed.row().number()));
      outbox.appendRows(
          known
              .filter(failed -> Topics.ALL.contains(failed.row().row().topic()))
              .map(this::letter)
              .toList());
    });
    refused.forEach(failed ->
        log.error(
            "Row {} of the outbox, for {}, is quarantined: {}",
            failed.row().number(),
            failed.row().row().topic(),
            reason(failed)));
  }

  private List<Long> move(List<Failed> refused) {
    return jdbc.sql(ADD)
        .param("numbers", Columns.longs(refused, failed -> failed.row().number()))
        .param("reasons", Columns.texts(refused, OutboxQuarantine::reason))
        .query((row, _) -> row.getLong("number"))
        .list();
  }

  private static String reason(Failed failed) {
    var reason = failed.cause().toString().replace('\0', '\ufffd');
    return reason.substring(0, Math.min(reason.length(), MAX_REASON));
  }

  /**
   * The release before knows no cause of its own for this: it is {@link Cause#FAILED}, and the
   * detail says the rest.
   */
  private Row letter(Failed failed) {
    var row = failed.row().row();
    var headers = new TreeMap<>(legible(row.headers()));
    headers.put(Headers.DEAD_CAUSE, Cause.FAILED.name());
    headers.put(
        Headers.DEAD_DETAIL,
        "quarantined in the outbox of %s as %d: %s"
            .formatted(service, failed.row().number(), reason(failed)));
    headers.put(Headers.DEAD_BY, service);
    headers.put(Headers.DEAD_TOPIC, row.topic());
    headers.put(Headers.DEAD_PARTITION, "-1");
    headers.put(Headers.DEAD_OFFSET, Long.toString(failed.row().number()));
    if (row.payload().length > MAX_LETTER_BODY) {
      headers.put(Headers.DEAD_CUT, "true");
    }
    return new Row(
        Topics.deadLettersOf(row.topic()),
        row.key(),
        codec.toJson(headers),
        Arrays.copyOf(row.payload(), Math.min(row.payload().length, MAX_LETTER_BODY)));
  }

  private Map<String, String> legible(String headers) {
    try {
      return codec.headers(headers);
    } catch (JacksonException malformed) {
      log.warn("A quarantined row has headers that are no JSON object of strings", malformed);
      return Map.of();
    }
  }

  long count() {
    return jdbc.sql("select count(*) from outbox_quarantine").query(Long.class).single();
  }

  /** The oldest rows. */
  List<Quarantined> list(int limit) {
    return jdbc.sql(LIST)
        .param("limit", limit)
        .query((row, _) ->
            new Quarantined(
                row.getLong("number"),
                row.getString("topic"),
                row.getString("key"),
                row.getString("headers"),
                row.getInt("bytes"),
                row.getString("reason"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("quarantined_at", OffsetDateTime.class).toInstant()))
        .list();
  }

  /**
   * Puts a row back into the outbox, behind those of its key that wait there.
   *
   * @return false if there is no such row
   */
  boolean release(long number) {
    return transaction.execute(_ -> {
      notifications.afterCommit(Outbox.CHANNEL);
      return jdbc.sql(RELEASE).param("number", number).update() == 1;
    });
  }

  /**
   * Deletes a row unsent.
   *
   * @return false if there is no such row
   */
  boolean discard(long number) {
    return jdbc.sql("delete from outbox_quarantine where number = :number")
            .param("number", number)
            .update()
        == 1;
  }
}
