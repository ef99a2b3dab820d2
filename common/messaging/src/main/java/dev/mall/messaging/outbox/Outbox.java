package dev.mall.messaging.outbox;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.OutboundMessage;
import dev.mall.messaging.envelope.RepeatedReply;
import dev.mall.messaging.outbox.CommittedRows.Appended;
import dev.mall.runtime.Columns;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Where a transaction leaves the messages it wants to have sent: they are sent if, and only if, it
 * commits.
 *
 * <p>Messages with one key leave in the order in which their transactions committed, provided that
 * each transaction first locked what the key names (its row, or the insert of it) and only then
 * appended. They arrive at least once.
 */
public class Outbox {

  /** Longest body that is taken; below the broker's own limit of 1 MiB for a request. */
  public static final int MAX_BODY_BYTES = 900_000;

  /** Signalled after each commit that appended something. */
  public static final String CHANNEL = "outbox";

  /**
   * New messages are stamped with this database's clock, which also decides when stored replies are
   * forgotten.
   */
  private static final String APPEND =
      """
      insert into outbox (topic, key, headers, payload)
      select topic, key,
             case when :created
                  then left(headers, -1) || ',"mall-created-at":"'
                       || to_char(clock_timestamp() at time zone 'UTC',
                                  'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
                       || '"}'
                  else headers end,
             payload
        from unnest(:topics, :keys, :headers, :payloads)
             with ordinality as m (topic, key, headers, payload, position)
       order by position
      """;

  /**
   * Also returns the rows, and the earlier ones that the relay has to know of before it may publish
   * these without a scan. Both parts see the outbox as it was before the append.
   */
  private static final String APPEND_AND_RETURN =
      """
      with appended as (%s returning number, headers)
      select number, headers from appended
      union all
      select number, null
        from (select number from outbox where number > :floor order by number limit :most) as earlier
      """
          .formatted(APPEND);

  private static final String UNSENT =
      """
      select headers::jsonb ->> 'mall-id'
        from outbox
       where key = any(:keys) and headers::jsonb ->> 'mall-id' = any(:ids)
      """;

  private final JdbcClient jdbc;
  private final MessageCodec codec;
  private final CommitNotifications notifications;
  private final CommittedRows committed;

  /**
   * @param committed takes the rows of short appends after their commit
   */
  public Outbox(
      JdbcClient jdbc,
      MessageCodec codec,
      CommitNotifications notifications,
      CommittedRows committed) {
    this.jdbc = jdbc;
    this.codec = codec;
    this.notifications = notifications;
    this.committed = committed;
  }

  /**
   * Adds messages in one statement, in this order.
   *
   * @throws IllegalArgumentException if a message is longer than {@value #MAX_BODY_BYTES} bytes
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void append(List<OutboundMessage> messages) {
    append(
        messages.stream()
            .map(outgoing ->
                new Row(
                    Topics.of(outgoing.message()),
                    outgoing.message().key(),
                    codec.envelope(outgoing),
                    codec.body(outgoing.message())))
            .toList(),
        true);
  }

  /**
   * Adds replies that were given before, in one statement. Whichever release stored them, they are
   * sent as they are.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void resend(List<RepeatedReply> replies) {
    append(
        replies.stream()
            .map(resent ->
                new Row(
                    Topics.SAGA_REPLIES,
                    resent.key(),
                    codec.envelope(resent),
                    resent.reply().body()))
            .toList(),
        true);
  }

  /**
   * Those of the messages that are still in the outbox.
   *
   * @param keys of the messages, by their ids
   */
  public Set<UUID> unsent(Map<UUID, String> keys) {
    return Set.copyOf(
        jdbc.sql(UNSENT)
            .param("keys", Columns.texts(keys.values()))
            .param("ids", Columns.texts(keys.keySet(), UUID::toString))
            .query((row, _) -> UUID.fromString(row.getString(1)))
            .list());
  }

  /**
   * A message that died, to be sent to its topic once more: the same id, key, headers and body.
   *
   * @param headers may still say why it died
   * @param redrives how often this makes, with the times before
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Redriven(
      String topic, String key, Map<String, String> headers, byte[] body, int redrives) {

    private Map<String, String> alive() {
      var alive = new TreeMap<>(headers);
      alive.keySet().removeIf(name -> name.startsWith(Headers.DEAD));
      alive.put(Headers.REDRIVES, Integer.toString(redrives));
      return alive;
    }
  }

  /**
   * Adds dead messages again, in one statement.
   *
   * @throws org.springframework.transaction.IllegalTransactionStateException outside a transaction
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void redrive(List<Redriven> messages) {
    appendRows(
        messages.stream()
            .map(dead -> new Row(dead.topic(), dead.key(), codec.toJson(dead.alive()), dead.body()))
            .toList());
  }

  /** A message in the form it is stored and sent; never compared. */
  @SuppressWarnings("ArrayRecordComponent")
  public record Row(String topic, String key, String headers, byte[] payload) {

    public Row {
      if (payload.length > MAX_BODY_BYTES) {
        throw new IllegalArgumentException(
            "a message for %s has %d bytes, more than %d: %s"
                .formatted(topic, payload.length, MAX_BODY_BYTES, beginning(payload)));
      }
    }

    private Row with(String headers) {
      return new Row(topic, key, headers, payload);
    }

    private static String beginning(byte[] payload) {
      return new String(payload, 0, 200, StandardCharsets.UTF_8);
    }
  }

  @Transactional(propagation = Propagation.MANDATORY)
  public void appendRows(List<Row> rows) {
    append(rows, false);
  }

  /**
   * @param created whether they are created now; otherwise their headers say when they were
   */
  private void append(List<Row> rows, boolean created) {
    if (rows.isEmpty()) {
      return;
    }
    var floor = committed.floorFor(rows);
    if (floor.isPresent()) {
      var appended = appendAndReturn(rows, created, floor.getAsLong());
      if (appended.earlier().size() < CommittedRows.MOST_EARLIER) {
        TransactionSynchronizationManager.registerSynchronization(
            new HandOver(committed, appended, notifications));
        return;
      }
    } else {
      statement(APPEND, rows, created).update();
    }
    notifications.afterCommit(CHANNEL);
  }

  private StatementSpec statement(String sql, List<Row> rows, boolean created) {
    return jdbc.sql(sql)
        .param("created", created)
        .param("topics", Columns.texts(rows, Row::topic))
        .param("keys", Columns.texts(rows, Row::key))
        .param("headers", Columns.texts(rows, Row::headers))
        .param("payloads", Columns.bytes(rows, Row::payload));
  }

  private Appended appendAndReturn(List<Row> rows, boolean created, long floor) {
    var headers = new TreeMap<Long, String>();
    var earlier = new HashSet<Long>();
    statement(APPEND_AND_RETURN, rows, created)
        .param("floor", floor)
        .param("most", CommittedRows.MOST_EARLIER)
        .query(row -> {
          long number = row.getLong("number");
          var text = row.getString("headers");
          if (text == null) {
            earlier.add(number);
          } else {
            headers.put(number, text);
          }
        });
    var numbered = new TreeMap<Long, Row>();
    var position = rows.iterator(); // numbers were given in this order
    headers.forEach((number, text) -> numbered.put(number, position.next().with(text)));
    return new Appended(numbered, earlier);
  }

  private record HandOver(
      CommittedRows committed, Appended appended, CommitNotifications notifications)
      implements TransactionSynchronization {
    @Override
    public void afterCommit() {
      if (!committed.add(appended)) {
        notifications.committed(CHANNEL);
      }
    }
  }
}
