package dev.mall.contracts;

import dev.mall.contracts.values.PaymentMethod;
import dev.mall.contracts.values.StepKey;

/** What may be asked of payment-service about one order's payment. */
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

  /** Give the money back; before its {@link ChargePayment} came, make sure it is never taken. */
  record RefundPayment(StepKey step) implements PaymentCommand {}
}
