package dev.mall.chaos;

import dev.mall.cli.UsageException;
import dev.mall.contracts.values.CheckoutMode;
import java.util.Locale;

/**
 * How much is broken.
 *
 * @param faults the least number of faults; 0: each kind once
 * @param orders the least number of orders that are accepted meanwhile
 * @param judgedAfter faults after which no orders are placed, and the verifier runs
 * @param usualRate orders per second while all goes well
 */
record Profile(String name, int faults, int orders, int judgedAfter, int usualRate) {

  /** Every kind once. */
  static final Profile SHORT = new Profile("short", 0, 0, 14, 6);

  static final Profile LONG = new Profile("long", 1_000, 50_000, 30, 15);

  /** Under TWO_PHASE orders for one product follow each other, and five of twelve are for one. */
  int ordersPerSecond(CheckoutMode mode) {
    return mode == CheckoutMode.TWO_PHASE ? usualRate / 3 : usualRate;
  }

  boolean isOneOfEachKind() {
    return faults == 0;
  }

  static Profile named(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "short" -> SHORT;
      case "long" -> LONG;
      default -> throw new UsageException("there is no profile '%s'".formatted(name));
    };
  }
}
