package dev.mall.order.query;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An entry of an order's timeline.
 *
 * @param at for people
 * @param detail the checkout mode of a placement, since there are several; the reason of a
 *     cancellation; null otherwise
 */
public record HistoryEntry(Instant at, What what, @Nullable String detail) {

  /** A change of an order's state, or a repeated announcement. */
  public enum What {
    PLACED,
    /** It stayed PENDING for so long that its placement was announced again. */
    ANNOUNCED_AGAIN,
    /** It was announced so often that it is cancelled, unless its stock is sold already. */
    ABANDONED,
    CONFIRMED,
    /** By the customer; its detail is the reason. */
    CANCELLATION_REQUESTED,
    CANCELLED,
    /** Money and stock of the confirmed order are back. */
    RETURNED
  }
}
