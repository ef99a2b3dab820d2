package dev.mall.launcher.tour;

import java.util.Optional;

/**
 * One order of the tour.
 *
 * @param story what happens, for people
 * @param key the Idempotency-Key; an order with one is sent twice
 * @param announced how it must end
 */
record Scenario(String story, DemoOrder request, Optional<String> key, Ending announced) {

  /** An order's final state. */
  record Ending(String status, String reason) {

    static final Ending CONFIRMED = new Ending("CONFIRMED", "");

    static Ending cancelled(String reason) {
      return new Ending("CANCELLED", reason);
    }

    boolean isConfirmed() {
      return status.equals("CONFIRMED");
    }

    @Override
    public String toString() {
      return reason.isEmpty() ? status : "%s (%s)".formatted(status, reason);
    }
  }
}
