package dev.mall.messaging.idempotency;

import dev.mall.contracts.Command;
import dev.mall.contracts.Reply;
import dev.mall.contracts.values.StepKey;
import dev.mall.contracts.wire.MessageTypes;
import dev.mall.messaging.consumer.failure.StaleWriteException;
import dev.mall.messaging.envelope.EncodedMessage;
import dev.mall.messaging.envelope.InboundMessage;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.idempotency.KnownReplies.GivenReply;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.runtime.Columns;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The replies of this service to each command, so that the same command again gets the same reply
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
  private final Outbox outbox;

  ReplyLog(JdbcClient jdbc, MessageCodec codec, Outbox outbox) {
    this.jdbc = jdbc;
    this.codec = codec;
    this.outbox = outbox;
  }

  /**
   * Answers each command of a batch: a command with a stored reply gets this reply again, the
   * others are decided together. Stores the new replies and appends all of them to the outbox, in
   * the order of the batch.
   *
   * @param decide called with the commands that have no reply yet, each once, unless there are
   *     none; writes the outcome and returns a reply for each
   * @return the replies to the batch, in its order, but for those that this release cannot decode
   * @throws StaleWriteException if another transaction answered one of the commands meanwhile
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public <C extends Command> List<Reply> answer(
      List<InboundMessage<C>> batch, Function<List<C>, Answers> decide) {
    return answer(batch, decide, ReplyRoute.TO_SAGA);
  }

  /**
   * Like {@link #answer(List, Function)}, but appends what {@code route} makes of each reply. A
   * stored reply that this release cannot decode is not repeated unless it goes to a saga.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public <C extends Command> List<Reply> answer(
      List<InboundMessage<C>> batch, Function<List<C>, Answers> decide, ReplyRoute route) {
    var known = find(batch.stream().map(received -> received.message().step()).toList());
    var unanswered = known.unanswered(batch);
    var answers = unanswered.isEmpty() ? Answers.of(List.of()) : decide.apply(unanswered);
    save(answers.replies());
    var given = known.given(batch, answers);
    outbox.append(KnownReplies.outbound(given, answers, route));
    if (route.isToSaga()) {
      outbox.resend(known.repeats(batch));
    }
    return given.stream().map(GivenReply::reply).toList();
  }

  private KnownReplies find(Collection<StepKey> keys) {
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
    return new KnownReplies(replies, foreign);
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

  private void save(List<? extends Reply> replies) {
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
