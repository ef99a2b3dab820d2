package dev.mall.verifier.orders;

import dev.mall.verifier.tables.StockTables.Supply;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Whether stock can have been short for an order. At any moment no more is held or sold than all
 * reservations together ever claimed: where even that would have fitted into what was received
 * before the order's saga began, stock was never short.
 *
 * <p>Receipts after that, or shortly before it by clocks that differ, do not count: stock is then
 * taken to have been short.
 */
final class ShortageCheck {

  /** Between the clocks of two databases, or of one that was wrong for a while. */
  private static final Duration CLOCKS = Duration.ofMinutes(2);

  private final Map<String, List<Supply>> supplies;

  ShortageCheck(Map<String, List<Supply>> supplies) {
    this.supplies = supplies;
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
    return supplies.getOrDefault(sku, List.of()).stream()
        .noneMatch(supply ->
            supply.received() >= supply.claimed() + quantity
                && !supply.at().isAfter(begun.minus(CLOCKS)));
  }
}
