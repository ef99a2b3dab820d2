package dev.mall.messaging.outbox.relay;

import dev.mall.messaging.outbox.relay.OutboxPublisher.Failed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Counts Kafka's refusals of each row that are due to the row itself. */
final class Refusals {

  private final int limit;
  private final Map<Long, Integer> counts = new HashMap<>();

  /**
   * @param limit refusals after which a row is given up, at least 1
   */
  Refusals(int limit) {
    this.limit = limit;
  }

  /** Whether no other row of its topic would have failed with {@code failure}. */
  static boolean isAboutTheRow(Throwable failure) {
    return failure instanceof RecordTooLargeException
        || failure instanceof RecordBatchTooLargeException
        || failure instanceof InvalidRecordException
        || failure instanceof InvalidTopicException
        || failure instanceof SerializationException;
  }

  /** Counts these failures, and returns those of rows that are to be given up. */
  List<Failed> exhausted(List<Failed> failures) {
    var exhausted = new ArrayList<Failed>();
    for (var failed : failures) {
      if (isAboutTheRow(failed.cause())
          && counts.merge(failed.row().number(), 1, Integer::sum) >= limit) {
        exhausted.add(failed);
      }
    }
    return exhausted;
  }

  /** Forgets a row that is in the outbox no more. */
  void forget(long number) {
    counts.remove(number);
  }
}
