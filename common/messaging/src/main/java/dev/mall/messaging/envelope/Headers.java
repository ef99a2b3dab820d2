package dev.mall.messaging.envelope;

import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** The envelope: names of the Kafka headers that every message carries. */
public final class Headers {

  /** UUID; the same on every repeat of a message. */
  public static final String ID = "mall-id";

  /** The message's type, see {@link dev.mall.contracts.wire.MessageTypes}. */
  public static final String TYPE = "mall-type";

  public static final String VERSION = "mall-version";

  /** Decimal; absent where a message is about no order. */
  public static final String ORDER_ID = "mall-order-id";

  /** UUID of the message that this one answers or follows from; may be absent. */
  public static final String CAUSATION_ID = "mall-causation-id";

  /** W3C trace context; absent without tracing. */
  public static final String TRACEPARENT = "traceparent";

  /** The service that sent it. */
  public static final String SOURCE = "mall-source";

  /** ISO-8601 instant of the sender's clock. */
  public static final String CREATED_AT = "mall-created-at";

  /** The prefix of the headers that only dead letters have. */
  public static final String DEAD = "mall-dead-";

  /** On dead letters: {@link DeadLetter.Cause}. */
  public static final String DEAD_CAUSE = "mall-dead-cause";

  /** On dead letters: what was wrong, for people. */
  public static final String DEAD_DETAIL = "mall-dead-detail";

  /** On dead letters: the service that gave up. */
  public static final String DEAD_BY = "mall-dead-by";

  public static final String DEAD_TOPIC = "mall-dead-topic";
  public static final String DEAD_PARTITION = "mall-dead-partition";
  public static final String DEAD_OFFSET = "mall-dead-offset";

  /** On dead letters: how often it was tried by itself before it was given up. */
  public static final String DEAD_ATTEMPTS = "mall-dead-attempts";

  /** On dead letters: "true" if key, headers or body were too large to be kept as they came. */
  public static final String DEAD_CUT = "mall-dead-cut";

  /** How often an operator had it sent again after it was given up; absent if never. */
  public static final String REDRIVES = "mall-redrives";

  private Headers() {}

  static String required(ConsumerRecord<String, byte[]> record, String name) {
    var value = MessageTracing.header(record, name);
    if (value == null) {
      throw new IllegalArgumentException("header " + name + " is missing");
    }
    return value;
  }

  /** Null if the header is missing. */
  static @Nullable UUID uuid(ConsumerRecord<String, byte[]> record, String name) {
    var value = MessageTracing.header(record, name);
    return value == null ? null : UUID.fromString(value);
  }
}
