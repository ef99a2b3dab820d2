package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** A service's answer to a {@link Command}, under the command's own {@link StepKey}. */
public sealed interface Reply extends Message
    permits InventoryReply, PaymentReply, OrderReply, NotificationReply {

  StepKey step();

  @Override
  default String key() {
    return Long.toString(step().orderId());
  }
}
