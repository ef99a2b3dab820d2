package dev.mall.order;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A line of an order's timeline.
 *
 * @param at for people
 * @param detail the reason of a cancellation; null where there is nothing to add
 */
public record HistoryEntry(Instant at, What what, @Nullable String detail) {

  /** What may happen to an order. */
  public enum What {
    PLACED,
    /** It was PENDING for so long that everybody was told again. */
    ANNOUNCED_AGAIN,
    CONFIRMED,
    CANCELLED
  }
}
