package dev.mall.messaging.outbox.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.outbox.Outbox.Row;
import dev.mall.messaging.outbox.relay.OutboxPublisher.Failed;
import dev.mall.messaging.outbox.relay.OutboxStore.Waiting;
import java.util.List;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.Test;

class RefusalsTest {

  private final Refusals refusals = new Refusals(3);

  @Test
  void givesARowUpAfterItsLastRefusal() {
    var failed = failed(1, new RecordTooLargeException());

    assertThat(refusals.exhausted(List.of(failed))).isEmpty();
    assertThat(refusals.exhausted(List.of(failed))).isEmpty();
    assertThat(refusals.exhausted(List.of(failed))).containsExactly(failed);
  }

  @Test
  void countsEachRowByItself() {
    for (int number = 1; number <= 5; number++) {
      assertThat(refusals.exhausted(List.of(failed(number, new InvalidTopicException()))))
          .isEmpty();
    }
  }

  @Test
  void neverGivesUpWhatTheStateOfKafkaRefuses() {
    for (var failure :
        List.of(
            new TimeoutException(),
            new TopicAuthorizationException("a topic"),
            new UnknownTopicOrPartitionException(),
            new IllegalStateException("closed"))) {
      for (int time = 0; time < 10; time++) {
        assertThat(refusals.exhausted(List.of(failed(1, failure)))).isEmpty();
      }
    }
  }

  @Test
  void beginsAgainWithARowThatWasForgotten() {
    var failed = failed(1, new SerializationException("no JSON"));
    refusals.exhausted(List.of(failed));
    refusals.exhausted(List.of(failed));

    refusals.forget(1);

    assertThat(refusals.exhausted(List.of(failed))).isEmpty();
  }

  private static Failed failed(long number, Exception cause) {
    return new Failed(new Waiting(number, new Row("t", "k", "{}", new byte[0])), cause);
  }
}
