package dev.mall.messaging;

import dev.mall.contracts.Topics;
import dev.mall.messaging.DeadLetter.Cause;
import dev.mall.messaging.Outbox.Row;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
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
  private static final int MAX_KEY = 1_000;

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
   * Keeps the record for the topic's dead letters, as it came if it is not too large to be sent
   * once more. Committed when this returns. A dead letter that cannot be handled stays where it is.
   *
   * @param attempts how often it was tried by itself; zero if it could not even be read
   */
  void add(ConsumerRecord<String, byte[]> record, Cause cause, String detail, int attempts) {
    var shortDetail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
    if (!Topics.areDeadLetters(record.topic())) {
      var row = letter(record, cause, shortDetail, attempts);
      transaction.executeWithoutResult(_ -> outbox.appendRows(List.of(row)));
    }
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

  private Row letter(
      ConsumerRecord<String, byte[]> record, Cause cause, String detail, int attempts) {
    var key = Objects.requireNonNullElse(record.key(), "");
    var body = Objects.requireNonNullElse(record.value(), new byte[0]);
    boolean cut = key.length() > MAX_KEY || body.length > Outbox.MAX_BODY_BYTES;
    return new Row(
        Topics.deadLettersOf(record.topic()),
        key.substring(0, Math.min(key.length(), MAX_KEY)).replace('\0', '\ufffd'),
        codec.deadEnvelope(record, cause, detail, attempts, cut),
        Arrays.copyOf(body, Math.min(body.length, Outbox.MAX_BODY_BYTES)));
  }
}
