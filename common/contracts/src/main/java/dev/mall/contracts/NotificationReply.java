package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** Replies of notification-service. */
public sealed interface NotificationReply extends Reply {

  /** The customer's inbox holds the notification; an e-mail may still be in transit. */
  record CustomerNotified(StepKey step) implements NotificationReply {}
}
