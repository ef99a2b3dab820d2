package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import dev.mall.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A message that nobody can handle comes on every topic. It must be put aside, and nothing else.
 */
public record Poison(Sort sort) implements Fault {

  private static final String KEY = "poison";

  /** About an order that was never placed. */
  private static final long ORDER = 4_711;

  enum Sort {
    UNREADABLE("no envelope, no JSON"),
    UNKNOWN_TYPE("a type of another release"),
    UNKNOWN_VERSION("a version of another release"),
    ABSURD("a good command with absurd values");

    private final String meaning;

    Sort(String meaning) {
      this.meaning = meaning;
    }
  }

  /** Whether what was put aside is our doing. */
  public static boolean isIn(ConsumerRecord<byte[], byte[]> deadLetter) {
    return deadLetter.key() != null
        && new String(deadLetter.key(), StandardCharsets.UTF_8).equals(KEY);
  }

  @Override
  public String kind() {
    return "poison: " + sort.meaning;
  }

  @Override
  public String name() {
    return "poison " + sort.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public int share() {
    return 4;
  }

  @Override
  public boolean isBrief() {
    return true;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) {
    Topic.write(
        mall.kafkaServers(), send -> Topics.ALL.forEach(topic -> send.accept(record(topic))));
  }

  private ProducerRecord<byte[], byte[]> record(String topic) {
    return switch (sort) {
      case UNREADABLE -> new ProducerRecord<>(topic, Message.utf8(KEY), new byte[] {0, -1, 7});
      case UNKNOWN_TYPE -> Message.enveloped(topic, KEY, "SendElephants", "1", "{}");
      case UNKNOWN_VERSION -> Message.enveloped(topic, KEY, "ChargePayment", "99", "{}");
      case ABSURD ->
          Message.enveloped(
              Topics.PAYMENT_COMMANDS,
              KEY,
              "ChargePayment",
              "1",
              """
              {"step": {"orderId": %d, "step": "pay", "round": 1}, "customerId": "customer-1",
               "totalMinor": -9223372036854775808, "currency": "EUR", "method": "WALLET"}
              """
                  .formatted(ORDER));
    };
  }
}
