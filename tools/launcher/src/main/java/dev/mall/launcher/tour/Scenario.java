package dev.mall.launcher.tour;

import java.util.Optional;

/**
 * One order of the tour.
 *
 * @param story what happens, for people
 * @param key the Idempotency-Key; an order with one is sent twice
 * @param announced how it must end; a returned one is confirmed first, and cancelled then
 */
record Scenario(String story, DemoOrder request, Optional<String> key, Ending announced) {

  /** Of an order that is sent once. */
  Scenario(String story, DemoOrder request, Ending announced) {
    this(story, request, Optional.empty(), announced);
  }

  /** An order's final state. */
  record Ending(String status, String reason) {

    static final Ending CONFIRMED = new Ending("CONFIRMED", "");

    /** Confirmed, cancelled by the customer, refunded and restocked. */
    static final Ending RETURNED = new Ending("RETURNED", "");

    static Ending cancelled(String reason) {
      return new Ending("CANCELLED", reason);
    }

    boolean isConfirmed() {
      return status.equals("CONFIRMED");
    }

    boolean isReturned() {
      return status.equals("RETURNED");
    }

    /** How often the customer is notified: of the order's end, and of its return. */
    int notifications() {
      return isReturned() ? 2 : 1;
    }

    @Override
    public String toString() {
      return reason.isEmpty() ? status : "%s (%s)".formatted(status, reason);
    }
  }
}
