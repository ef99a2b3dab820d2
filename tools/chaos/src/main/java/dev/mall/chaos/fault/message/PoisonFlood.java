package dev.mall.chaos.fault.message;

import dev.mall.chaos.fault.Fault;
import dev.mall.chaos.mall.Mall;
import dev.mall.contracts.wire.Topics;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Two thousand messages that cannot be handled, no two alike, on all topics and partitions. */
public record PoisonFlood() implements Fault {

  private static final int RECORDS = 2_000;

  private static final List<String> HEADERS =
      List.of(
          "mall-id", "mall-type", "mall-version", "mall-source", "mall-created-at", "traceparent");

  private static final List<String> VALUES =
      List.of(
          "",
          " ",
          "0",
          "-1",
          "1",
          "999999999999999999999",
          "null",
          "ChargePayment",
          "OrderPlaced",
          "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-zz",
          "00000000-0000-0000-0000-000000000000",
          "-999999999-01-01T00:00:00Z",
          "\u0000",
          "\u202e\r\nforged");

  private static final List<String> BODIES =
      List.of("", "{", "{}", "[]", "null", "\"\\u0000\"", "{\"step\":null}", "{\"orderId\":-1}");

  @Override
  public String kind() {
    return "a flood of poison";
  }

  @Override
  public boolean isBrief() {
    return true;
  }

  @Override
  public void strike(Mall mall, RandomGenerator random) {
    TopicClient.write(
        mall.kafkaServers(),
        send -> {
          for (int i = 0; i < RECORDS; i++) {
            send.accept(record(i, random));
          }
        });
  }

  private static ProducerRecord<byte[], byte[]> record(int number, RandomGenerator random) {
    var record =
        new ProducerRecord<>(
            any(Topics.ALL, random),
            InjectedMessage.utf8("%s-%d-%d".formatted(PoisonMessage.KEY, number, random.nextInt())),
            body(random));
    for (var header : HEADERS) {
      for (int times = random.nextInt(3); times > 0; times--) {
        record.headers().add(header, value(random));
      }
    }
    return record;
  }

  private static byte[] value(RandomGenerator random) {
    return random.nextInt(4) == 0 ? bytes(random, 40) : InjectedMessage.utf8(any(VALUES, random));
  }

  private static byte[] body(RandomGenerator random) {
    return random.nextInt(4) == 0
        ? bytes(random, 5_000)
        : InjectedMessage.utf8(any(BODIES, random));
  }

  private static byte[] bytes(RandomGenerator random, int atMost) {
    var bytes = new byte[random.nextInt(atMost)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static <T> T any(List<T> some, RandomGenerator random) {
    return some.get(random.nextInt(some.size()));
  }
}
