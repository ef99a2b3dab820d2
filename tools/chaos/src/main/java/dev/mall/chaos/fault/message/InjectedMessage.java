package dev.mall.chaos.fault.message;

import dev.mall.chaos.mall.Mall;
import dev.mall.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Messages that the suite writes itself, past every outbox. */
public final class InjectedMessage {

  private InjectedMessage() {}

  /** Asks payment-service to refund the order, whether it was charged or not. */
  public static void refund(Mall mall, String order, int round) {
    send(
        mall,
        enveloped(
            Topics.PAYMENT_COMMANDS,
            order,
            "RefundPayment",
            "1",
            "{\"step\": {\"orderId\": %s, \"step\": \"refund\", \"round\": %d}}"
                .formatted(order, round)));
  }

  /** Asks payment-service to charge the order. */
  public static void charge(Mall mall, String order, int round, String customer, long totalMinor) {
    send(
        mall,
        enveloped(
            Topics.PAYMENT_COMMANDS,
            order,
            "ChargePayment",
            "1",
            """
            {"step": {"orderId": %s, "step": "pay", "round": %d}, "customerId": "%s",
             "totalMinor": %d, "currency": "EUR", "method": "WALLET"}
            """
                .formatted(order, round, customer, totalMinor)));
  }

  static ProducerRecord<byte[], byte[]> enveloped(
      String topic, String key, String type, String version, String body) {
    var record = new ProducerRecord<>(topic, utf8(key), utf8(body));
    record.headers().add("mall-id", utf8(UUID.randomUUID().toString()));
    record.headers().add("mall-type", utf8(type));
    record.headers().add("mall-version", utf8(version));
    record.headers().add("mall-source", utf8("chaos"));
    record.headers().add("mall-created-at", utf8(Instant.now().toString()));
    return record;
  }

  private static void send(Mall mall, ProducerRecord<byte[], byte[]> record) {
    TopicClient.write(mall.kafkaServers(), send -> send.accept(record));
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
