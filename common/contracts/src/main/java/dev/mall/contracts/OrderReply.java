package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** How order-service answers. */
public sealed interface OrderReply extends Reply {

  /** The order is in the final state that was asked for. */
  record OrderSettled(StepKey step) implements OrderReply {}

  /**
   * The order is in the other final state, or nobody placed it; a saga that hears this has gone
   * wrong.
   */
  record SettlementRefused(StepKey step, String why) implements OrderReply {}
}
