package dev.mall.messaging;

import dev.mall.messaging.DeadLetter.Cause;
import dev.mall.messaging.MessageCodec.Reading;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/**
 * Handles one poll at a time. Returns when every record of it is dealt with: its work committed, or
 * its dead letter; throws when the environment failed and the whole poll must come again.
 */
final class BatchConsumer<T> implements BatchMessageListener<String, byte[]> {

  private static final Logger log = LoggerFactory.getLogger(BatchConsumer.class);

  private final Function<ConsumerRecord<String, byte[]>, Reading<T>> reader;
  private final BatchWork<T> work;
  private final DeadLetters deadLetters;
  private final MessageTracing tracing;
  private final int attempts;
  private final DistributionSummary batchSizes;

  BatchConsumer(
      String name,
      Function<ConsumerRecord<String, byte[]>, Reading<T>> reader,
      BatchWork<T> work,
      DeadLetters deadLetters,
      MessageTracing tracing,
      int attempts,
      MeterRegistry meters) {
    this.reader = reader;
    this.work = work;
    this.deadLetters = deadLetters;
    this.tracing = tracing;
    this.attempts = attempts;
    this.batchSizes =
        DistributionSummary.builder("mall.consumer.batch")
            .description("Messages handled in one transaction")
            .tag("consumer", name)
            .register(meters);
  }

  /** A record and what it says. */
  private record Item<T>(ConsumerRecord<String, byte[]> record, T value) {}

  @Override
  public void onMessage(List<ConsumerRecord<String, byte[]>> records) {
    try (var _ = tracing.begin(records)) {
      var items = read(records);
      if (!items.isEmpty()) {
        handle(items);
      }
    }
  }

  /** What this consumer is to handle. What nobody could read is a dead letter already. */
  private List<Item<T>> read(List<ConsumerRecord<String, byte[]>> records) {
    var items = new ArrayList<Item<T>>();
    for (var record : records) {
      switch (reader.apply(record)) {
        case Reading.Understood<T>(var value) -> items.add(new Item<>(record, value));
        case Reading.NotForUs<T> _ -> {}
        case Reading.Unreadable<T>(var cause, var detail) ->
            deadLetters.add(record, cause, detail, 0);
      }
    }
    return items;
  }

  private void handle(List<Item<T>> items) {
    try {
      work.handle(items.stream().map(Item::value).toList());
      batchSizes.record(items.size());
    } catch (RuntimeException failure) {
      if (Failures.isEnvironment(failure)) {
        throw failure;
      }
      log.warn("A batch of {} failed; each of its messages is tried alone", items.size(), failure);
      items.forEach(this::handleAlone);
    }
  }

  private void handleAlone(Item<T> item) {
    var record = item.record();
    try (var _ =
        LogContext.of(
            MessageTracing.header(record, Headers.ORDER_ID),
            MessageTracing.header(record, Headers.TRACEPARENT))) {
      for (int attempt = 1; attempt <= attempts; attempt++) {
        try {
          work.handle(List.of(item.value()));
          return;
        } catch (RuntimeException failure) {
          if (Failures.isEnvironment(failure)) {
            throw failure;
          }
          if (attempt == attempts) {
            deadLetters.add(record, Cause.FAILED, failure.toString(), attempt);
          }
        }
      }
    }
  }
}
