package dev.mall.order.cancel;

import dev.mall.order.OrderStatus;
import java.time.Duration;

/** Decides requests to cancel an order. Pure. */
final class CancellationRules {

  private CancellationRules() {}

  /** The result of a request. */
  enum Decision {
    /** The checkout of the order is called off, or the order is returned afterwards. */
    CALL_OFF,
    /** The order is confirmed, and is returned. */
    RETURN,
    /** It was requested before: nothing changes. */
    REPEATED,
    /** The order was cancelled for another reason. */
    CANCELLED_BEFORE,
    /** The window is over, or closed. */
    TOO_LATE
  }

  /**
   * @param requested whether the customer requested it before
   * @param settledFor how long the order has been final; zero while it is pending
   */
  static Decision decide(
      OrderStatus status, boolean requested, Duration settledFor, Duration window) {
    if (requested) {
      return Decision.REPEATED;
    }
    return switch (status) {
      case PENDING -> window.isZero() ? Decision.TOO_LATE : Decision.CALL_OFF;
      case CONFIRMED -> settledFor.compareTo(window) < 0 ? Decision.RETURN : Decision.TOO_LATE;
      case CANCELLED -> Decision.CANCELLED_BEFORE;
      case RETURNED -> Decision.REPEATED;
    };
  }
}
