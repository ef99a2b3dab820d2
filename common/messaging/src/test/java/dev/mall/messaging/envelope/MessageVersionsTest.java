package dev.mall.messaging.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.contracts.ProductChanged;
import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.Records;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.MessageCodec.Reading;
import dev.mall.messaging.envelope.MessageVersions.Change;
import dev.mall.messaging.envelope.MessageVersions.History;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/**
 * Releases side by side while {@link ProductChanged} changes. Today's record plays the second
 * version; the first one had price and currency in one field, as "EUR 799", so neither can be read
 * as the other.
 */
class MessageVersionsTest {

  private static final ProductChanged TEA =
      new ProductChanged("tea-green", 4, "Green tea, 100 g", 799, "EUR");

  private static final Change PRICE_AND_CURRENCY_APART =
      new Change() {
        @Override
        public void upgrade(ObjectNode body) {
          var parts = body.remove("price").asString().split(" ", 2);
          body.put("currency", parts[0]).put("priceMinor", Long.parseLong(parts[1]));
        }

        @Override
        public void downgrade(ObjectNode body) {
          var currency = body.remove("currency").asString();
          body.put("price", currency + " " + body.remove("priceMinor").asLong());
        }
      };

  private static MessageCodec release(int written) {
    var history = new History(1, written, List.of(PRICE_AND_CURRENCY_APART));
    return new MessageCodec("test", new MessageVersions(Map.of("ProductChanged", history)));
  }

  private final MessageCodec expanding = release(1); // reads 1 and 2, writes 1
  private final MessageCodec next = release(2); // reads 1 and 2, writes 2
  private final MessageCodec contracted = // reads 2 only
      new MessageCodec(
          "test", new MessageVersions(Map.of("ProductChanged", new History(2, 2, List.of()))));

  @Test
  void aReleaseThatReadsBothVersionsStillWritesTheOld() {
    assertThat(expanding.encode(TEA).version()).isEqualTo(1);
    assertThat(text(expanding.encode(TEA))).contains("EUR 799").doesNotContain("priceMinor");
    assertThat(next.encode(TEA).version()).isEqualTo(2);
    assertThat(text(next.encode(TEA))).isEqualTo(golden("ProductChanged.test.v2.json"));
  }

  @Test
  void twoReleasesSideBySideUnderstandEachOther() {
    for (var writer : List.of(expanding, next)) {
      for (var reader : List.of(expanding, next)) {
        assertThat(understood(read(reader, sent(writer, TEA)))).isEqualTo(TEA);
      }
    }
  }

  @Test
  void goldenSamplesOfEveryVersionStayReadable() {
    for (int version : next.versionsRead(ProductChanged.class)) {
      var sample = golden("ProductChanged.test.v%d.json".formatted(version));

      assertThat(next.decode(ProductChanged.class, version, utf8(sample))).isEqualTo(TEA);
    }
  }

  @Test
  void aVersionThatIsNoLongerOrNotYetReadIsThatMessagesFaultAlone() {
    assertThat(cause(read(contracted, sent(expanding, TEA)))).isEqualTo(Cause.UNKNOWN_VERSION);
    assertThat(cause(read(new MessageCodec("old"), sent(next, TEA))))
        .isEqualTo(Cause.UNKNOWN_VERSION);
    assertThat(understood(read(contracted, sent(next, TEA)))).isEqualTo(TEA);
  }

  @Test
  void passesOverAnyVersionOfWhatItDoesNotWant() {
    var record = record(TEA, Map.of(Headers.VERSION, "7"), "{}");

    assertThat(expanding.read(record, Set.of(OrderConfirmed.class), Instant.MIN))
        .isInstanceOf(Reading.NotForUs.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0", "-1", "01", "+1", "1.0", "one", "99999999999", " 1", "\u0661"})
  void aVersionThatIsNoNumberIsUnknown(String version) {
    var record = record(TEA, Map.of(Headers.VERSION, version), "{}");

    assertThat(cause(read(next, record))).isEqualTo(Cause.UNKNOWN_VERSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "null",
        "[]",
        "7",
        "\"x\"",
        "{}",
        "{\"price\":null}",
        "{\"price\":\"EUR\"}",
        "{\"price\":{}}",
        "{\"price\":\"EUR x\"}",
        "",
        "{"
      })
  void aBodyThatCannotBeUpgradedIsUnreadable(String body) {
    assertThat(cause(read(next, record(TEA, Map.of(Headers.VERSION, "1"), body))))
        .isEqualTo(Cause.UNREADABLE);
  }

  @Test
  void anUnknownConstantIsNamed() {
    var record =
        record(
            SampleMessages.ALL.getFirst(),
            Map.of(),
            golden("OrderPlaced.v1.json").replace("WALLET", "BARTER"));

    var reading = read(expanding, record);

    assertThat(cause(reading)).isEqualTo(Cause.UNREADABLE);
    assertThat(((Reading.Unreadable<?>) reading).detail()).contains("BARTER");
  }

  @Test
  void aReleaseWritesOnlyWhatItReads() {
    assertThatThrownBy(() -> new History(1, 3, List.of(PRICE_AND_CURRENCY_APART)))
        .hasMessageContaining("version 3");
    assertThatThrownBy(() -> new History(2, 1, List.of())).hasMessageContaining("version 1");
  }

  private Reading<InboundMessage<Message>> read(
      MessageCodec reader, ConsumerRecord<String, byte[]> record) {
    return reader.read(record, Set.of(Message.class), Instant.MIN);
  }

  private static ConsumerRecord<String, byte[]> sent(MessageCodec writer, Message message) {
    var outgoing = new OutboundMessage(UUID.randomUUID(), message, null, null);
    return Records.incoming(
        Topics.of(message),
        message.key(),
        Records.envelope(writer, outgoing, Instant.now()),
        writer.body(message));
  }

  private ConsumerRecord<String, byte[]> record(
      Message message, Map<String, String> overrides, String body) {
    var outgoing = new OutboundMessage(UUID.randomUUID(), message, null, null);
    var headers = new HashMap<>(Records.envelope(expanding, outgoing, Instant.now()));
    headers.putAll(overrides);
    return Records.incoming(Topics.of(message), message.key(), headers, utf8(body));
  }

  private static Message understood(Reading<InboundMessage<Message>> reading) {
    assertThat(reading).isInstanceOf(Reading.Understood.class);
    return ((Reading.Understood<InboundMessage<Message>>) reading).value().message();
  }

  private static Cause cause(Reading<?> reading) {
    assertThat(reading).isInstanceOf(Reading.Unreadable.class);
    return ((Reading.Unreadable<?>) reading).cause();
  }

  private static String text(EncodedMessage message) {
    return new String(message.body(), StandardCharsets.UTF_8);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String golden(String file) {
    try (var stream = MessageVersionsTest.class.getResourceAsStream("/golden/" + file)) {
      return new String(
              Objects.requireNonNull(stream, () -> "no golden sample " + file).readAllBytes(),
              StandardCharsets.UTF_8)
          .strip();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
