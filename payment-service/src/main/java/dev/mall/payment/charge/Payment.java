package dev.mall.payment.charge;

import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.money.Money;

/** What has become of an order's payment. An order that nobody asked about has none. */
sealed interface Payment {

  long orderId();

  /** The mall has the money. */
  record Charged(long orderId, String customerId, Money amount) implements Payment {}

  /**
   * Nothing was taken; a later round may fare better.
   *
   * @param round the last that was declined. It is kept as long as the payment, so that none of its
   *     repeats is ever decided differently
   */
  record Declined(long orderId, String customerId, Money amount, DeclineReason reason, int round)
      implements Payment {}

  /** The customer has the money again, for good. */
  record Refunded(long orderId, String customerId, Money amount) implements Payment {}

  /** Nothing was taken, nor will be: a refund was asked for before any charge succeeded. */
  record CalledOff(long orderId) implements Payment {}
}
