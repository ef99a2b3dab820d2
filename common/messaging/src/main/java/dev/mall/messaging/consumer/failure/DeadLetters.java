package dev.mall.messaging.consumer.failure;

import dev.mall.contracts.wire.Topics;
import dev.mall.messaging.consumer.failure.Failures.Kind;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import dev.mall.messaging.envelope.Headers;
import dev.mall.messaging.envelope.LogContext;
import dev.mall.messaging.envelope.MessageCodec;
import dev.mall.messaging.envelope.MessageTracing;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.messaging.outbox.Outbox.Row;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionOperations;

/** Puts aside, through the outbox, what cannot be handled. */
public final class DeadLetters {

  private static final Logger log = LoggerFactory.getLogger(DeadLetters.class);

  private static final int MAX_DETAIL = 500;
  private static final int MAX_KEY = 1_000;

  private final Outbox outbox;
  private final TransactionOperations transaction;
  private final MessageCodec codec;
  private final MeterRegistry meters;

  public DeadLetters(
      Outbox outbox, TransactionOperations transaction, MessageCodec codec, MeterRegistry meters) {
    this.outbox = outbox;
    this.transaction = transaction;
    this.codec = codec;
    this.meters = meters;
  }

  /**
   * A record to give up.
   *
   * @param attempts how often it was tried by itself; zero if it could not even be read
   */
  public record Letter(
      ConsumerRecord<String, byte[]> record, Cause cause, String detail, int attempts) {

    public Letter {
      detail = detail.length() > MAX_DETAIL ? detail.substring(0, MAX_DETAIL) : detail;
    }
  }

  /**
   * Keeps the records for their topics' dead letters, as they came if they are not too large to be
   * sent once more. Committed when this returns. A dead letter that cannot be handled stays where
   * it is.
   */
  public void add(List<Letter> letters) {
    write(
        letters.stream()
            .filter(letter -> !Topics.areDeadLetters(letter.record().topic()))
            .toList());
    letters.forEach(this::report);
  }

  /** A record that the database refuses must not delay the others. */
  private void write(List<Letter> letters) {
    if (letters.isEmpty()) {
      return;
    }
    try {
      transaction.executeWithoutResult(
          _ -> letters.forEach(letter -> outbox.appendRows(List.of(rowOf(letter)))));
    } catch (RuntimeException refused) {
      if (Failures.kindOf(refused) != Kind.MESSAGE) {
        throw refused;
      }
      if (letters.size() > 1) {
        letters.forEach(letter -> write(List.of(letter)));
      } else {
        var remains = rowOf(remainsOf(letters.getFirst(), refused));
        transaction.executeWithoutResult(_ -> outbox.appendRows(List.of(remains)));
      }
    }
  }

  /** Where the record was and why it is dead, without anything of the record itself. */
  private static Letter remainsOf(Letter letter, RuntimeException refused) {
    var record = letter.record();
    return new Letter(
        new ConsumerRecord<>(record.topic(), record.partition(), record.offset(), "", new byte[0]),
        letter.cause(),
        "the record cannot be kept: " + refused.getClass().getSimpleName(),
        letter.attempts());
  }

  private void report(Letter letter) {
    var record = letter.record();
    meters
        .counter("mall.dead.letters", "topic", record.topic(), "cause", letter.cause().name())
        .increment();
    try (var _ =
        LogContext.of(
            MessageTracing.header(record, Headers.ORDER_ID),
            MessageTracing.header(record, Headers.TRACEPARENT))) {
      log.error(
          "dead-lettered {} at {}-{}@{} after {} attempts, {}: {}",
          MessageTracing.header(record, Headers.TYPE),
          record.topic(),
          record.partition(),
          record.offset(),
          letter.attempts(),
          letter.cause(),
          letter.detail());
    }
  }

  private Row rowOf(Letter letter) {
    var record = letter.record();
    var key = Objects.requireNonNullElse(record.key(), "");
    var body = Objects.requireNonNullElse(record.value(), new byte[0]);
    boolean cut = key.length() > MAX_KEY || body.length > Outbox.MAX_BODY_BYTES;
    return new Row(
        Topics.deadLettersOf(record.topic()),
        key.substring(0, Math.min(key.length(), MAX_KEY)).replace('\0', '\ufffd'),
        codec.deadEnvelope(record, letter.cause(), letter.detail(), letter.attempts(), cut),
        Arrays.copyOf(body, Math.min(body.length, Outbox.MAX_BODY_BYTES)));
  }
}
