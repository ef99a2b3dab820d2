package dev.mall.messaging.consumer;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.springframework.kafka.listener.BatchAcknowledgingMessageListener;
import org.springframework.kafka.support.Acknowledgment;

/** Delivers records as a listener container does: what was not acknowledged comes again. */
final class Redelivery {

  private Redelivery() {}

  /** Notes how far a listener came with one poll. */
  private static final class Answer implements Acknowledgment {

    private final int records;
    private int done;
    private Duration pause = Duration.ZERO;

    Answer(int records) {
      this.records = records;
    }

    @Override
    public void acknowledge() {
      done = records;
    }

    @Override
    public void nack(int index, Duration sleep) {
      done = index;
      pause = sleep;
    }
  }

  /**
   * Returns how many polls it took.
   *
   * @param pollsAtMost so many are enough
   * @throws AssertionError if the listener was not done by then
   */
  static int deliver(
      BatchAcknowledgingMessageListener<String, byte[]> listener,
      List<ConsumerRecord<String, byte[]>> records,
      int pollsAtMost) {
    var left = records;
    for (int poll = 1; poll <= pollsAtMost; poll++) {
      var answer = new Answer(left.size());
      listener.onMessage(left, answer);
      left = left.subList(answer.done, left.size());
      LockSupport.parkNanos(answer.pause.toNanos()); // as the container does
      if (left.isEmpty()) {
        return poll;
      }
    }
    throw new AssertionError(
        "%d of %d records are left after %d polls"
            .formatted(left.size(), records.size(), pollsAtMost));
  }

  /** Delivers once; returns how many records the listener is done with. */
  static int deliverOnce(
      BatchAcknowledgingMessageListener<String, byte[]> listener,
      List<ConsumerRecord<String, byte[]>> records) {
    var answer = new Answer(records.size());
    listener.onMessage(records, answer);
    return answer.done;
  }
}
