package dev.mall.contracts;

import dev.mall.contracts.values.CancelReason;
import dev.mall.contracts.values.StepKey;
import org.jspecify.annotations.Nullable;

/** Commands to notification-service. */
public sealed interface NotificationCommand extends Command {

  /**
   * Notify the customer of the outcome of the order, once.
   *
   * @param totalMinor minor units of {@code currency}
   * @param reason why it was cancelled; null for a confirmed order
   */
  record NotifyCustomer(
      StepKey step,
      String customerId,
      long totalMinor,
      String currency,
      @Nullable CancelReason reason)
      implements NotificationCommand {}

  /**
   * Notify the customer, once, that the confirmed order was returned.
   *
   * @param totalMinor what was refunded; minor units of {@code currency}
   */
  record NotifyOfReturn(StepKey step, String customerId, long totalMinor, String currency)
      implements NotificationCommand {}
}
