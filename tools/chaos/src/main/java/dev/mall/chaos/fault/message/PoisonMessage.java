package dev.mall.chaos.fault.message;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.contracts.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A message that no consumer can handle, on every topic; absurd values only where they are valid
 * JSON.
 */
public record PoisonMessage(Sort sort) implements Fault {

  /** Prefix of the keys of all poison. */
  public static final String KEY = "poison";

  /** More than an outbox takes, and less than Kafka does. */
  private static final int LARGE = 950_000;

  /** About an order that was never placed. */
  private static final long ORDER = 4_711;

  public enum Sort {
    UNREADABLE("no envelope, no JSON"),
    UNKNOWN_TYPE("a type of another release"),
    UNKNOWN_VERSION("a version of another release"),
    ABSURD("a good command with absurd values"),
    MISSHAPEN("a header without a value, and larger than can be kept");

    private final String meaning;

    Sort(String meaning) {
      this.meaning = meaning;
    }
  }

  /** Whether the suite itself caused this dead letter. */
  public static boolean isIn(ConsumerRecord<byte[], byte[]> deadLetter) {
    return deadLetter.key() != null
        && new String(deadLetter.key(), StandardCharsets.UTF_8).startsWith(KEY);
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
    return sort == Sort.MISSHAPEN ? 1 : 4;
  }

  @Override
  public boolean isBrief() {
    return true;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) {
    TopicClient.write(
        mall.kafkaServers(), send -> topics().forEach(topic -> send.accept(record(topic))));
  }

  private List<String> topics() {
    return sort == Sort.ABSURD ? List.of(Topics.PAYMENT_COMMANDS) : Topics.ALL;
  }

  private ProducerRecord<byte[], byte[]> record(String topic) {
    return switch (sort) {
      case UNREADABLE ->
          new ProducerRecord<>(topic, InjectedMessage.utf8(KEY), new byte[] {0, -1, 7});
      case MISSHAPEN -> {
        var record = new ProducerRecord<>(topic, InjectedMessage.utf8(KEY), new byte[LARGE]);
        record.headers().add("nothing", null);
        yield record;
      }
      case UNKNOWN_TYPE -> InjectedMessage.enveloped(topic, KEY, "SendElephants", "1", "{}");
      case UNKNOWN_VERSION -> InjectedMessage.enveloped(topic, KEY, "ChargePayment", "99", "{}");
      case ABSURD ->
          InjectedMessage.enveloped(
              topic,
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
