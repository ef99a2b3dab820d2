package dev.mall.messaging.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.kafka.event.ListenerContainerPartitionIdleEvent;
import org.springframework.kafka.support.Acknowledgment;

class IdleCommitsTest {

  private static final TopicPartition QUIET = new TopicPartition("t", 0);

  private final MockConsumer<String, byte[]> consumer = new MockConsumer<>("earliest");
  private final IdleCommits commits = new IdleCommits();
  private static final String GROUP = "dummy.group.id"; // of every MockConsumer

  @BeforeEach
  void assign() {
    consumer.assign(List.of(QUIET));
    consumer.updateBeginningOffsets(Map.of(QUIET, 0L));
  }

  @Test
  void makesUpForALostCommitOnce() {
    handle(0, 1, 2);
    consumer.seek(QUIET, 3);

    fallSilent();

    assertThat(committed()).isEqualTo(3);
    consumer.commitSync(Map.of(QUIET, new OffsetAndMetadata(1)));
    fallSilent();
    assertThat(committed()).isEqualTo(1); // nothing is committed again and again
  }

  @Test
  void commitsNothingThatWasNotHandled() {
    handle(0, 1);
    consumer.seek(QUIET, 5); // read, but not handled yet

    fallSilent();

    assertThat(committed()).isNull();
  }

  @Test
  void doesNotGoBackWhenAnotherReplicaWentOn() {
    handle(0, 1);
    consumer.assign(List.of());
    consumer.assign(List.of(QUIET));
    consumer.seek(QUIET, 9); // where the other replica left it

    fallSilent();
    consumer.seek(QUIET, 2);
    fallSilent();

    assertThat(committed()).isNull();
  }

  @Test
  void leavesAloneWhatIsNotItsOwn() {
    handle(0);
    consumer.assign(List.of(new TopicPartition("t", 1)));

    fallSilent();

    assertThat(committed()).isNull();
  }

  @Test
  void notesOnlyWhatWasAcknowledged() {
    var records = List.of(record(0), record(1), record(2));
    commits
        .noting(GROUP, (_, offsets) -> offsets.nack(1, Duration.ZERO))
        .onMessage(records, new Ignored());
    consumer.seek(QUIET, 1);

    fallSilent();

    assertThat(committed()).isEqualTo(1);
  }

  /** The container's side. */
  private static final class Ignored implements Acknowledgment {

    @Override
    public void acknowledge() {}

    @Override
    public void nack(int index, Duration sleep) {}
  }

  private void handle(long... offsets) {
    var records = Arrays.stream(offsets).mapToObj(IdleCommitsTest::record).toList();
    commits
        .noting(GROUP, (_, acknowledgment) -> acknowledgment.acknowledge())
        .onMessage(records, new Ignored());
  }

  private static ConsumerRecord<String, byte[]> record(long offset) {
    return new ConsumerRecord<>("t", 0, offset, "k", new byte[0]);
  }

  private void fallSilent() {
    commits.onApplicationEvent(
        new ListenerContainerPartitionIdleEvent(
            this, this, 5_000, "listener", QUIET, consumer, false));
  }

  private Long committed() {
    var offset = consumer.committed(Set.of(QUIET)).get(QUIET);
    return offset == null ? null : Long.valueOf(offset.offset());
  }
}
