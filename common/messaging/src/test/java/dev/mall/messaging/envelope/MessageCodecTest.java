package dev.mall.messaging.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Records;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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

  @Test
  void readsADeadLetterThoughItsOwnHeadersMakeNoSense() { // an operator has to see it
    var dead = dead(Topics.PAYMENT_COMMANDS);
    dead.headers().add(Headers.ID, "no uuid".getBytes(StandardCharsets.UTF_8));
    dead.headers().add(Headers.ORDER_ID, "no number".getBytes(StandardCharsets.UTF_8));

    var reading = codec.readDeadLetter(dead);

    assertThat(reading).isInstanceOf(Reading.Understood.class);
    var letter = ((Reading.Understood<DeadLetter>) reading).value();
    assertThat(letter.id()).isNull();
    assertThat(letter.orderId()).isNull();
    assertThat(letter.cause()).isEqualTo(Cause.UNREADABLE);
    assertThat(letter.original().headers()).containsEntry(Headers.ID, "no uuid");
    assertThat(letter.original().body()).isEqualTo(dead.value());
  }

  @Test
  void believesNoDeadLetterThatClaimsAnotherTopic() { // it would be sent there again
    assertThat(codec.readDeadLetter(dead("elsewhere"))).isInstanceOf(Reading.NotForUs.class);
  }

  /** In the dead letters of the payment commands. */
  private static ConsumerRecord<String, byte[]> dead(String claimed) {
    var record =
        new ConsumerRecord<>(
            Topics.deadLettersOf(Topics.PAYMENT_COMMANDS), 0, 0, "1", new byte[] {1, 2});
    Map.of(Headers.DEAD_CAUSE, "UNREADABLE", Headers.DEAD_TOPIC, claimed, Headers.DEAD_DETAIL, "no")
        .forEach(
            (name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
    return record;
  }

  private Reading<InboundMessage<Message>> read(Message sentLongAgo) {
    var outgoing = new OutboundMessage(UUID.randomUUID(), sentLongAgo, null, null);
    var record =
        Records.incoming(
            Topics.of(sentLongAgo),
            sentLongAgo.key(),
            Records.envelope(codec, outgoing, NOW.minus(Duration.ofDays(31))),
            codec.body(sentLongAgo));
    return codec.read(record, Set.of(Message.class), NOW.minus(Duration.ofDays(30)));
  }
}
