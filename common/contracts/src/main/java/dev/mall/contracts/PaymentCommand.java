package dev.mall.contracts;

import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;

/** Commands to payment-service about one order's payment. */
public sealed interface PaymentCommand extends Command {

  /**
   * Take the money, once.
   *
   * @param totalMinor minor units of {@code currency}; above zero
   * @param currency ISO 4217
   */
  record ChargePayment(
      StepKey step, String customerId, long totalMinor, String currency, PaymentMethod method)
      implements PaymentCommand {}

  /** Refund the total; if it comes before its {@link ChargePayment}, that one is declined. */
  record RefundPayment(StepKey step) implements PaymentCommand {}
}
