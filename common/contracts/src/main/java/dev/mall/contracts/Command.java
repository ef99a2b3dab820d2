package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** A saga asks a service to do something; the service answers with a {@link Reply}. */
public sealed interface Command extends Message
    permits InventoryCommand, PaymentCommand, OrderCommand, NotificationCommand {

  StepKey step();

  @Override
  default String key() {
    return Long.toString(step().orderId());
  }
}
