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

  /**
   * Hold the money, once, until it is captured, voided or has expired.
   *
   * @param totalMinor minor units of {@code currency}; above zero
   * @param currency ISO 4217
   */
  record AuthorizePayment(
      StepKey step, String customerId, long totalMinor, String currency, PaymentMethod method)
      implements PaymentCommand {}

  /**
   * Take the held money. After the authorization expired it is taken from the wallet again if that
   * still covers it.
   *
   * @param totalMinor minor units of {@code currency}; another amount than the held one is refused
   */
  record CapturePayment(StepKey step, long totalMinor, String currency) implements PaymentCommand {}

  /** Return the held money; if it comes before its {@link AuthorizePayment}, that is declined. */
  record VoidPayment(StepKey step) implements PaymentCommand {}
}
