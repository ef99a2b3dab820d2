package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;
import java.util.List;

/** Commands to inventory-service about one order's stock. */
public sealed interface InventoryCommand extends Command {

  /** Hold all lines or none. */
  record ReserveStock(StepKey step, String customerId, List<Line> lines)
      implements InventoryCommand {}

  /**
   * Turn the held stock into sold stock. After the reservation expired the stock is taken again if
   * it is still there.
   */
  record CommitReservation(StepKey step) implements InventoryCommand {}

  /** Release the held stock; if it comes before its {@link ReserveStock}, that one is refused. */
  record ReleaseReservation(StepKey step) implements InventoryCommand {}

  /** Put the stock that was sold to the order back on hand, once. */
  record RestockOrder(StepKey step) implements InventoryCommand {}

  /**
   * @param sku appears once in an order
   * @param quantity 1 to 999
   */
  record Line(String sku, int quantity) {}
}
