package dev.mall.contracts;

import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;

/** Commands to order-service about one order. */
public sealed interface OrderCommand extends Command {

  /** Make the order final: everything it promises has been done. */
  record ConfirmOrder(StepKey step) implements OrderCommand {}

  /** Make the order final: nothing was sold and no money is kept. */
  record CancelOrder(StepKey step, CancelReason reason) implements OrderCommand {}

  /** Mark a confirmed order as returned: its money and its stock are back. */
  record ReturnOrder(StepKey step) implements OrderCommand {}
}
