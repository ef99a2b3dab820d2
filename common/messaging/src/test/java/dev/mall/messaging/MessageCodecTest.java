package dev.mall.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.Topics;
import dev.mall.messaging.DeadLetter.Cause;
import dev.mall.messaging.MessageCodec.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class MessageCodecTest {

  private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");

  private final MessageCodec codec = new MessageCodec("test-service");

  @Test
  void doesNotReadWhatIsOlderThanDecisionsAreRemembered() {
    var reading = read(new OrderConfirmed(1));

    assertThat(reading).isInstanceOf(Reading.Unreadable.class);
    assertThat(((Reading.Unreadable<?>) reading).cause()).isEqualTo(Cause.EXPIRED);
  }

  @Test
  void readsAProductHoweverLongAgoItChanged() {
    var reading = read(new ProductChanged("sku", 1, "A thing", 100, "EUR"));

    assertThat(reading).isInstanceOf(Reading.Understood.class);
  }

  private Reading<Received<Message>> read(Message sentLongAgo) {
    var outgoing = new Outgoing(UUID.randomUUID(), sentLongAgo, null, null);
    var record =
        new ConsumerRecord<>(
            Topics.of(sentLongAgo), 0, 0, sentLongAgo.key(), codec.body(sentLongAgo));
    codec
        .headers(codec.envelope(outgoing, NOW.minus(Duration.ofDays(31))))
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return codec.read(record, Set.of(Message.class), NOW.minus(Duration.ofDays(30)));
  }
}
