package dev.mall.saga.operator.deadletters;

import dev.mall.messaging.envelope.DeadLetter.Cause;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Which dead letters; null means any.
 *
 * @param topic where they came from
 */
public record DeadLetterFilter(
    @Nullable DeadLetterStatus status,
    @Nullable String topic,
    @Nullable String type,
    @Nullable Long orderId,
    @Nullable Cause cause) {

  DeadLetterFilter of(DeadLetterStatus status) {
    return new DeadLetterFilter(status, topic, type, orderId, cause);
  }

  /** Written out as far as the database should see that an index will do. */
  String conditions() {
    var conditions = new ArrayList<String>();
    conditions.add("true");
    if (status != null) {
      conditions.add("status = '%s'".formatted(status));
    }
    if (topic != null) {
      conditions.add("topic = :topic");
    }
    if (type != null) {
      conditions.add("type = :type");
    }
    if (orderId != null) {
      conditions.add("order_id = :order");
    }
    if (cause != null) {
      conditions.add("cause = '%s'".formatted(cause));
    }
    return String.join(" and ", conditions);
  }

  StatementSpec fill(StatementSpec statement) {
    var filled = statement;
    filled = topic == null ? filled : filled.param("topic", topic);
    filled = type == null ? filled : filled.param("type", type);
    return orderId == null ? filled : filled.param("order", orderId);
  }
}
