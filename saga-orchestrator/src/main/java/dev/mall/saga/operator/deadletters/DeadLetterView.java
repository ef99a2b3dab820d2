package dev.mall.saga.operator.deadletters;

import com.fasterxml.jackson.annotation.JsonRawValue;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.mall.messaging.envelope.DeadLetter.Cause;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter with all that it holds.
 *
 * @param headers JSON: what it came with, and why it is dead
 * @param body as text; what is no UTF-8 in it is replaced
 */
public record DeadLetterView(
    @JsonUnwrapped Summary letter, @JsonRawValue String headers, String body) {

  /**
   * A dead letter in a list.
   *
   * @param id decimal
   * @param messageId null if it had none that could be read
   * @param topic where it came from
   * @param detail what was wrong
   * @param deadBy the service that gave up
   * @param redrives how often it had been sent again before it died this time
   * @param createdAt by its sender's clock; null if that cannot be read
   * @param settledAt when it was sent again or discarded
   */
  public record Summary(
      String id,
      DeadLetterStatus status,
      String topic,
      @Nullable String type,
      @Nullable String orderId,
      @Nullable UUID messageId,
      Cause cause,
      String detail,
      @Nullable String deadBy,
      int redrives,
      @Nullable Instant createdAt,
      Instant diedAt,
      @Nullable Instant settledAt) {}
}
