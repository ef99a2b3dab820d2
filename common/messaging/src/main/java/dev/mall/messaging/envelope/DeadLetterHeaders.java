package dev.mall.messaging.envelope;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The headers of dead letters: those of the original message, and why it was given up. */
final class DeadLetterHeaders {

  /**
   * Limit of the original headers. Each byte may become three, and all of it with the body and the
   * cause has to stay below Kafka's limit of 1 MiB.
   */
  private static final int MAX_BYTES = 40_000;

  private DeadLetterHeaders() {}

  static Map<String, String> of(
      ConsumerRecord<String, byte[]> letter,
      Cause cause,
      String detail,
      int attempts,
      boolean cut) {
    var headers = new LinkedHashMap<String, String>();
    int room = MAX_BYTES;
    for (Header header : letter.headers()) {
      var value = Objects.requireNonNullElse(header.value(), new byte[0]);
      int bytes = header.key().length() + value.length;
      if (bytes <= room) {
        room -= bytes;
        headers.put(header.key(), new String(value, StandardCharsets.UTF_8));
      } else {
        cut = true;
      }
    }
    if (cut) {
      headers.put(Headers.DEAD_CUT, "true");
    }
    headers.put(Headers.DEAD_CAUSE, cause.name());
    headers.put(Headers.DEAD_DETAIL, detail);
    headers.put(Headers.DEAD_TOPIC, letter.topic());
    headers.put(Headers.DEAD_PARTITION, Integer.toString(letter.partition()));
    headers.put(Headers.DEAD_OFFSET, Long.toString(letter.offset()));
    headers.put(Headers.DEAD_ATTEMPTS, Integer.toString(attempts));
    return headers;
  }

  static Reading<DeadLetter> read(ConsumerRecord<String, byte[]> record) {
    var cause = MessageTracing.header(record, Headers.DEAD_CAUSE);
    var topic = MessageTracing.header(record, Headers.DEAD_TOPIC);
    var detail = MessageTracing.header(record, Headers.DEAD_DETAIL);
    if (cause == null
        || topic == null
        || detail == null
        || !Topics.deadLettersOf(topic).equals(record.topic())) {
      return new Reading.NotForUs<>();
    }
    return new Reading.Understood<>(
        new DeadLetter(
            parsed(record, Headers.ID, UUID::fromString),
            parsed(record, Headers.CAUSATION_ID, UUID::fromString),
            parsed(record, Headers.ORDER_ID, Long::valueOf),
            MessageTracing.header(record, Headers.TYPE),
            topic,
            Objects.requireNonNullElse(
                parsed(record, Headers.DEAD_CAUSE, Cause::valueOf), Cause.FAILED),
            detail,
            original(record)));
  }

  private static DeadLetter.Original original(ConsumerRecord<String, byte[]> record) {
    var headers = new HashMap<String, String>();
    for (Header header : record.headers()) {
      var value = Objects.requireNonNullElse(header.value(), new byte[0]);
      headers.put(header.key(), new String(value, StandardCharsets.UTF_8));
    }
    return new DeadLetter.Original(
        Objects.requireNonNullElse(record.key(), ""),
        headers,
        Objects.requireNonNullElse(record.value(), new byte[0]));
  }

  /** Null if the header is missing, or was unreadable before the message was given up. */
  private static <T> @Nullable T parsed(
      ConsumerRecord<String, byte[]> record, String name, Function<String, T> parser) {
    var value = MessageTracing.header(record, name);
    try {
      return value == null ? null : parser.apply(value);
    } catch (IllegalArgumentException _) {
      return null;
    }
  }
}
