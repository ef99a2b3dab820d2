package dev.mall.messaging.envelope;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A message as it came, to be kept and read later, perhaps by another release.
 *
 * @param topic where it came from
 * @param headers those that have a value, by the names in {@link Headers}
 */
@SuppressWarnings("ArrayRecordComponent") // two of them are never compared
public record RawMessage(String topic, String key, Map<String, String> headers, byte[] body) {

  public RawMessage {
    headers = Map.copyOf(headers);
  }

  static RawMessage of(ConsumerRecord<String, byte[]> record) {
    var headers = new HashMap<String, String>();
    record
        .headers()
        .forEach(header -> {
          if (header.value() != null) {
            headers.put(header.key(), new String(header.value(), StandardCharsets.UTF_8));
          }
        });
    return new RawMessage(
        record.topic(),
        Objects.requireNonNullElse(record.key(), ""),
        headers,
        Objects.requireNonNullElse(record.value(), new byte[0]));
  }

  ConsumerRecord<String, byte[]> record() {
    var record = new ConsumerRecord<>(topic, 0, 0, key, body);
    headers.forEach(
        (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }
}
