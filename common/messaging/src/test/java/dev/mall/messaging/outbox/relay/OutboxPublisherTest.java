package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.messaging.outbox.relay.OutboxPublisher.Failed;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.core.ProducerFactory;

class OutboxPublisherTest {

  private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(10);

  private final AtomicLong nanos = new AtomicLong();
  private final Producers producers = new Producers();
  private final OutboxPublisher publisher =
      new OutboxPublisher(producers, new MessageCodec("test"), nanos::get);

  @Test
  void sendsDifferentKeysTogether() {
    assertThat(OutboxStore.waves(rows("a", "b", "c"))).hasSize(1);
  }

  @Test
  void sendsAKeysLaterRowAfterItsEarlierOne() {
    var waves = OutboxStore.waves(rows("a", "b", "a", "a", "b"));

    assertThat(waves.stream().map(wave -> wave.stream().map(Waiting::number).toList()))
        .containsExactly(List.of(0L, 1L), List.of(2L, 4L), List.of(3L));
  }

  @Test
  void sendsARowAgainWithANewProducerIfItsOutcomeIsNeverReported() throws Exception {
    var row = rows("a");
    assertThat(publisher.publish(row, Set.of()).failed()).isEmpty();
    assertThat(publisher.unavailable()).containsExactly("topic");
    pass(DELIVERY_TIMEOUT.plusSeconds(19));
    assertThat(publisher.arrived().failed()).isEmpty();
    assertThat(producers.resets).isZero();

    pass(Duration.ofSeconds(2));
    assertThat(publisher.arrived().failed())
        .extracting(Failed::cause)
        .hasOnlyElementsOfType(TimeoutException.class);

    assertThat(producers.resets).isOne();
    assertThat(publisher.bytesInFlight()).isZero();
    pass(TopicHolds.LONGEST);
    assertThat(publisher.unavailable()).isEmpty();
    publisher.publish(row, Set.of());
    assertThat(producers.made).hasSize(2);
  }

  @Test
  void takesALateAcknowledgementAndNotALateFailureOfARowThatWasSentAgain() throws Exception {
    publisher.publish(rows("a"), Set.of());
    pass(DELIVERY_TIMEOUT.plusSeconds(21));
    publisher.arrived();
    publisher.publish(rows("a"), Set.of());

    producers.made.getFirst().errorNext(new IllegalStateException("closed"));
    assertThat(publisher.arrived().failed()).isEmpty();
    assertThat(publisher.bytesInFlight()).isPositive();

    producers.made.getLast().completeNext();
    assertThat(publisher.arrived().sent()).containsExactly(0L);
    assertThat(publisher.bytesInFlight()).isZero();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static List<Waiting> rows(String... keys) {
    return IntStream.range(0, keys.length)
        .mapToObj(i -> new Waiting(i, new Row("topic", keys[i], "{}", new byte[0])))
        .toList();
  }

  /** Makes producers that report nothing by themselves, not even when they are closed. */
  private static final class Producers implements ProducerFactory<String, byte[]> {

    final List<MockProducer<String, byte[]>> made = new ArrayList<>();
    int resets;

    @Override
    public Producer<String, byte[]> createProducer() {
      var producer =
          new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer()) {
            @Override
            public synchronized void flush() {
              // MockProducer's own would complete what is pending
            }
          };
      made.add(producer);
      return producer;
    }

    @Override
    public void reset() {
      resets++;
    }

    @Override
    public Map<String, Object> getConfigurationProperties() {
      return Map.of(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
    }
  }
}
