package dev.mall.messaging;

import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.OutboundMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Kafka records as tests see them. */
public final class Records {

  private Records() {}

  public static ProducerRecord<String, byte[]> outgoing(
      String topic, String key, Map<String, String> headers, byte[] body) {
    var record = new ProducerRecord<>(topic, key, body);
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  /** The headers that the outbox gives a message. */
  public static Map<String, String> envelope(
      MessageCodec codec, OutboundMessage outgoing, Instant createdAt) {
    var headers = new HashMap<>(codec.headers(codec.envelope(outgoing)));
    headers.put(Headers.CREATED_AT, createdAt.toString());
    return headers;
  }

  /** A record as it is read. */
  public static ConsumerRecord<String, byte[]> incoming(
      String topic, String key, Map<String, String> headers, byte[] body) {
    var record = new ConsumerRecord<>(topic, 0, 0, key, body);
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  public static @Nullable String header(ConsumerRecord<?, ?> record, String name) {
    var header = record.headers().lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
