package dev.mall.messaging;

import dev.mall.contracts.MessageTypes;
import dev.mall.contracts.Reply;
import dev.mall.contracts.StepKey;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * What this service answered to each command, so that the same command again gets the same reply
 * again. Read and written in the transaction that decides, after the rows of the orders concerned
 * were locked.
 */
public class Decisions {

  /**
   * Lateral, with a limit, so that each key is looked up by the index. A join would be planned
   * while the table is small, as a scan of all of it, and stay so until the table is next analyzed.
   */
  private static final String LOAD =
      """
      select d.order_id, d.step, d.round, d.reply_type, d.reply
        from unnest(:orders, :steps, :rounds) as k (order_id, step, round)
       cross join lateral (
              select * from decision
               where order_id = k.order_id and step = k.step and round = k.round
               limit 1) d
      """;

  private static final String STORE =
      """
      insert into decision (order_id, step, round, reply_type, reply)
      select order_id, step, round, reply_type, reply
        from unnest(:orders, :steps, :rounds, :types, :replies)
             as r (order_id, step, round, reply_type, reply)
       order by order_id, step, round
      on conflict do nothing
      """;

  private final JdbcClient jdbc;
  private final MessageCodec codec;

  Decisions(JdbcClient jdbc, MessageCodec codec) {
    this.jdbc = jdbc;
    this.codec = codec;
  }

  /** The replies given before to any of {@code keys}; keys never answered are absent. */
  @Transactional(propagation = Propagation.MANDATORY)
  public Map<StepKey, Reply> known(Collection<StepKey> keys) {
    var found = new HashMap<StepKey, Reply>();
    jdbc.sql(LOAD)
        .param("orders", keys.stream().mapToLong(StepKey::orderId).toArray())
        .param("steps", keys.stream().map(StepKey::step).toArray(String[]::new))
        .param("rounds", keys.stream().mapToInt(StepKey::round).toArray())
        .query(row -> {
          var reply = reply(row.getString("reply_type"), row.getString("reply"));
          found.put(reply.step(), reply);
        });
    return found;
  }

  /**
   * Remembers replies given for the first time.
   *
   * @throws StaleWriteException if one of their commands was answered meanwhile by somebody else
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void remember(List<Reply> replies) {
    if (replies.isEmpty()) {
      return;
    }
    int written =
        jdbc.sql(STORE)
            .param("orders", replies.stream().mapToLong(r -> r.step().orderId()).toArray())
            .param("steps", replies.stream().map(r -> r.step().step()).toArray(String[]::new))
            .param("rounds", replies.stream().mapToInt(r -> r.step().round()).toArray())
            .param(
                "types",
                replies.stream().map(r -> MessageTypes.nameOf(r.getClass())).toArray(String[]::new))
            .param(
                "replies",
                replies.stream()
                    .map(r -> new String(codec.body(r), StandardCharsets.UTF_8))
                    .toArray(String[]::new))
            .update();
    StaleWriteException.unless(replies.size(), written, "decisions");
  }

  private Reply reply(String type, String json) {
    var known =
        MessageTypes.named(type)
            .orElseThrow(() ->
                new IllegalStateException("a decision holds a reply of unknown type " + type));
    return codec.message(known.asSubclass(Reply.class), json.getBytes(StandardCharsets.UTF_8));
  }
}
