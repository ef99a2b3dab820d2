package dev.mall.messaging.envelope;

import dev.mall.contracts.wire.Topics;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A message that a service gave up on, as its headers describe it.
 *
 * @param id null if the message had none that could be read
 * @param orderId null if the message was about no order, or did not say so
 * @param type the name it travelled under, known here or not
 * @param topic where it came from
 * @param original the message itself
 */
public record DeadLetter(
    @Nullable UUID id,
    @Nullable UUID causationId,
    @Nullable Long orderId,
    @Nullable String type,
    String topic,
    Cause cause,
    String detail,
    Original original) {

  /** The letter as it came. */
  public RawMessage raw() {
    return new RawMessage(
        Topics.deadLettersOf(topic), original.key(), original.headers(), original.body());
  }

  /**
   * The original of a dead letter.
   *
   * @param key empty if it had none
   * @param headers what it came with, and why it is dead, by the names in {@link Headers}
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Original(String key, Map<String, String> headers, byte[] body) {

    public Original {
      headers = Map.copyOf(headers);
    }
  }

  /** Why a message was given up. */
  public enum Cause {
    /** Its headers or its body make no sense. */
    UNREADABLE,
    /** No message of this release has its type. */
    UNKNOWN_TYPE,
    /** This release does not know its schema version. */
    UNKNOWN_VERSION,
    /** It is older than decisions are remembered, so a repeat would not be recognized. */
    EXPIRED,
    /** Handling it failed, each time it was tried by itself. */
    FAILED
  }
}
