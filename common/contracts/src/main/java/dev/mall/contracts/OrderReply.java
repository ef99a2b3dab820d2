package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** Replies of order-service. */
public sealed interface OrderReply extends Reply {

  /** The order is in the final state that was requested. */
  record OrderSettled(StepKey step) implements OrderReply {}

  /**
   * The order is in the other final state, or does not exist; a saga that receives this is
   * inconsistent.
   */
  record SettlementRefused(StepKey step, String why) implements OrderReply {}
}
