package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** How notification-service answers. */
public sealed interface NotificationReply extends Reply {

  /** The customer's inbox holds the news; an e-mail may still be on its way. */
  record CustomerNotified(StepKey step) implements NotificationReply {}
}
