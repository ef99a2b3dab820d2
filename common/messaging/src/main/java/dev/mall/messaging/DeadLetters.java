package dev.mall.messaging;

import dev.mall.contracts.Topics;
import dev.mall.messaging.DeadLetter.Cause;
import dev.mall.messaging.Outbox.Row;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Puts aside, through the outbox, what cannot be handled. */
final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private static final int MAX_DETAIL = 500;

  private final Outbox outbox;
  private final TransactionOperations transaction;
  private final MessageCodec codec;
  private final MeterRegistry meters;

  DeadLetters(
      Outbox outbox, TransactionOperations transaction, MessageCodec codec, MeterRegistry meters) {
    this.outbox = outbox;
    this.transaction = transaction;
    this.codec = codec;
    this.meters = meters;
  }

  /**
   * Keeps the record, as it came, for the topic's dead letters. Committed when this returns.
   *
   * @param attempts how often it was tried by itself; zero if it could not even be read
   */
  void add(ConsumerRecord<String, byte[]> record, Cause cause, String detail, int attempts) {
    var shortDetail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
    var row =
        new Row(
            Topics.deadLettersOf(record.topic()),
            Objects.requireNonNullElse(record.key(), ""),
            codec.deadEnvelope(record, cause, shortDetail, attempts),
            Objects.requireNonNullElse(record.value(), new byte[0]));
    transaction.executeWithoutResult(_ -> outbox.appendRows(List.of(row)));
    meters.counter("mall.dead.letters", "topic", record.topic(), "cause", cause.name()).increment();
    try (var _ =
        LogContext.of(
            MessageTracing.header(record, Headers.ORDER_ID),
            MessageTracing.header(record, Headers.TRACEPARENT))) {
      log.error(
          "Gave up on {} at {}-{}@{} after {} attempts, {}: {}",
          MessageTracing.header(record, Headers.TYPE),
          record.topic(),
          record.partition(),
          record.offset(),
          attempts,
          cause,
          shortDetail);
    }
  }
}
