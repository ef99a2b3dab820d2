package dev.mall.messaging.idempotency;

import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.messaging.envelope.EncodedMessage;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.runtime.Columns;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What this service answered to each command, so that the same command again gets the same reply
 * again. Read and written in the transaction that decides, after the rows of the orders concerned
 * were locked.
 */
public class ReplyLog {

  private static final Logger log = LoggerFactory.getLogger(ReplyLog.class);

  /**
   * Lateral, with a limit, so that each key is looked up by the index. A join would be planned
   * while the table is small, as a scan of all of it, and stay so until the table is next analyzed.
   */
  private static final String LOAD =
      """
      select d.order_id, d.step, d.round, d.reply_type, d.reply_version, d.reply
        from unnest(:orders, :steps, :rounds) as k (order_id, step, round)
       cross join lateral (
              select * from decision
               where order_id = k.order_id and step = k.step and round = k.round
               limit 1) d
      """;

  private static final String STORE =
      """
      insert into decision (order_id, step, round, reply_type, reply_version, reply)
      select order_id, step, round, reply_type, reply_version, reply
        from unnest(:orders, :steps, :rounds, :types, :versions, :replies)
             as r (order_id, step, round, reply_type, reply_version, reply)
       order by order_id, step, round
      on conflict do nothing
      """;

  private final JdbcClient jdbc;
  private final MessageCodec codec;

  ReplyLog(JdbcClient jdbc, MessageCodec codec) {
    this.jdbc = jdbc;
    this.codec = codec;
  }

  /** The replies given before to any of {@code keys}. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Answered find(Collection<StepKey> keys) {
    var replies = new HashMap<StepKey, Reply>();
    var foreign = new HashMap<StepKey, EncodedMessage>();
    jdbc.sql(LOAD)
        .param("orders", Columns.longs(keys, StepKey::orderId))
        .param("steps", Columns.texts(keys, StepKey::step))
        .param("rounds", Columns.ints(keys, StepKey::round))
        .query(row -> {
          var key =
              new StepKey(row.getLong("order_id"), row.getString("step"), row.getInt("round"));
          var stored = stored(row);
          read(stored)
              .ifPresentOrElse(reply -> replies.put(key, reply), () -> foreign.put(key, stored));
        });
    return new Answered(replies, foreign);
  }

  private static EncodedMessage stored(ResultSet row) throws SQLException {
    return new EncodedMessage(
        row.getString("reply_type"),
        row.getInt("reply_version"),
        row.getString("reply").getBytes(StandardCharsets.UTF_8));
  }

  /** Empty if another release stored it in a form that this one does not read. */
  private Optional<Reply> read(EncodedMessage stored) {
    try {
      return MessageTypes.named(stored.type())
          .map(type -> codec.decode(type.asSubclass(Reply.class), stored.version(), stored.body()));
    } catch (IllegalArgumentException | ClassCastException unreadable) {
      log.debug("A stored {} is repeated unread", stored.type(), unreadable);
      return Optional.empty();
    }
  }

  /**
   * Remembers replies given for the first time.
   *
   * @throws StaleWriteException if one of their commands was answered meanwhile by somebody else
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void save(List<Reply> replies) {
    if (replies.isEmpty()) {
      return;
    }
    var keys = replies.stream().map(Reply::step).toList();
    var stored = replies.stream().map(codec::encode).toList();
    int written =
        jdbc.sql(STORE)
            .param("orders", Columns.longs(keys, StepKey::orderId))
            .param("steps", Columns.texts(keys, StepKey::step))
            .param("rounds", Columns.ints(keys, StepKey::round))
            .param("types", Columns.texts(stored, EncodedMessage::type))
            .param("versions", Columns.ints(stored, EncodedMessage::version))
            .param(
                "replies",
                Columns.texts(stored, reply -> new String(reply.body(), StandardCharsets.UTF_8)))
            .update();
    StaleWriteException.unless(replies.size(), written, "decisions");
  }
}
