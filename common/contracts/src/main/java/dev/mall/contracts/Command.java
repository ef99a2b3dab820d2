package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** A request of a saga to a service, which answers with a {@link Reply}. */
public sealed interface Command extends Message
    permits InventoryCommand, PaymentCommand, OrderCommand, NotificationCommand {

  StepKey step();

  @Override
  default String key() {
    return Long.toString(step().orderId());
  }
}
