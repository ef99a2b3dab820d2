package dev.mall.verifier.orders;

import dev.mall.verifier.tables.StockTables;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;

/**
 * Whether stock can have been short for an order. At any moment no more is held or sold than all
 * reservations together ever claimed: where even that would have fitted into what was received
 * before the order's saga began, stock was never short.
 *
 * <p>A SKU that received stock later cannot be judged, and is taken to have been short.
 */
final class ShortageCheck {

  /** Between the clocks of two databases. */
  private static final Duration CLOCKS = Duration.ofMinutes(1);

  private final Map<String, StockTables.Shelf> shelves;

  ShortageCheck(Map<String, StockTables.Shelf> shelves) {
    this.shelves = shelves;
  }

  /**
   * @param lines as an order has them: {@code 2 cup, 1 pot}
   * @param claimed whether a reservation has claimed them already
   */
  boolean canHaveBeenShort(String lines, Instant begun, boolean claimed) {
    return Arrays.stream(lines.split(", "))
        .filter(line -> !line.isEmpty())
        .map(line -> line.split(" ", 2))
        .anyMatch(line -> canHaveBeenShort(line[1], claimed ? 0 : Long.parseLong(line[0]), begun));
  }

  private boolean canHaveBeenShort(String sku, long quantity, Instant begun) {
    var shelf = shelves.get(sku);
    return shelf == null
        || shelf.lastReceipt() == null
        || shelf.lastReceipt().isAfter(begun.minus(CLOCKS))
        || shelf.claimed() + quantity > shelf.received();
  }
}
