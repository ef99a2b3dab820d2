package dev.mall.saga.engine.definition;

import dev.mall.contracts.values.StepKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * Message ids that follow from the step key, so that all attempts have the same one and a dead
 * letter can be assigned to it.
 */
public final class CommandIds {

  private CommandIds() {}

  public static UUID of(StepKey key) {
    var name = "%d/%s/%d".formatted(key.orderId(), key.step(), key.round());
    return UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
  }

  /** A number in [0, 1) that looks random but is always the same for one attempt. */
  static double dice(UUID commandId, int attempt) {
    long mixed = (commandId.getLeastSignificantBits() + attempt) * 0x9E3779B97F4A7C15L;
    return ((mixed ^ (mixed >>> 29)) >>> 11) * 0x1.0p-53;
  }
}
