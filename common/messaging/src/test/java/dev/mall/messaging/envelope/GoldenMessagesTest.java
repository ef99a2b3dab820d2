package dev.mall.messaging.envelope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.contracts.Message;
import dev.mall.contracts.OrderEvent.OrderPlaced;
import dev.mall.contracts.values.CheckoutMode;
import dev.mall.contracts.wire.MessageTypes;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Messages of earlier releases wait in topics, outboxes and dead letters: what was written once
 * must stay readable. A golden sample is never edited; a change that needs one to be edited needs a
 * new schema version.
 */
class GoldenMessagesTest {

  private final MessageCodec codec = new MessageCodec("test");

  static List<Message> samples() {
    return SampleMessages.ALL;
  }

  @Test
  void existForEveryMessage() {
    assertThat(samples().stream().map(Message::getClass))
        .containsExactlyInAnyOrderElementsOf(MessageTypes.all().toList());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void areReadAsTheyWereMeant(Message sample) {
    assertThat(codec.decode(sample.getClass(), 1, golden(sample))).isEqualTo(sample);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void areWrittenAsBefore(Message sample) {
    assertThat(new String(codec.body(sample), StandardCharsets.UTF_8))
        .isEqualTo(new String(golden(sample), StandardCharsets.UTF_8).strip());
  }

  @ParameterizedTest
  @MethodSource("samples")
  void mayHaveFieldsOfALaterRelease(Message sample) {
    var extended =
        new String(golden(sample), StandardCharsets.UTF_8)
            .replaceFirst("\\{", "{\"fromTheFuture\":{\"a\":[1]},");

    assertThat(codec.decode(sample.getClass(), 1, extended.getBytes(StandardCharsets.UTF_8)))
        .isEqualTo(sample);
  }

  @Test
  void anOrderWithoutCheckoutModeIsOneOfTheSaga() {
    var placed = codec.decode(OrderPlaced.class, 1, golden("OrderPlaced.v1.without-checkout"));

    assertThat(placed.checkout()).isNull();
    assertThat(placed.variant()).isEqualTo(CheckoutMode.SAGA);
  }

  private static byte[] golden(Message sample) {
    return golden(MessageTypes.nameOf(sample.getClass()) + ".v1");
  }

  private static byte[] golden(String name) {
    var file = "/golden/%s.json".formatted(name);
    try (var stream = GoldenMessagesTest.class.getResourceAsStream(file)) {
      return Objects.requireNonNull(stream, () -> "no golden sample " + file).readAllBytes();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }
}
