package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxPublisherTest {

  @Test
  void sendsDifferentKeysTogether() {
    assertThat(OutboxPublisher.waves(rows("a", "b", "c"))).hasSize(1);
  }

  @Test
  void sendsAKeysLaterRowAfterItsEarlierOne() {
    var waves = OutboxPublisher.waves(rows("a", "b", "a", "a", "b"));

    assertThat(waves.stream().map(wave -> wave.stream().map(Waiting::number).toList()))
        .containsExactly(List.of(0L, 1L), List.of(2L, 4L), List.of(3L));
  }

  private static List<Waiting> rows(String... keys) {
    return IntStream.range(0, keys.length)
        .mapToObj(i -> new Waiting(i, new Row("topic", keys[i], "{}", new byte[0])))
        .toList();
  }
}
