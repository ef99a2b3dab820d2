package dev.mall.payment.charge;

import dev.mall.contracts.PaymentReply.DeclineReason;
import dev.mall.money.Money;

/** The state of an order's payment. An order without payment commands has none. */
sealed interface Payment {

  long orderId();

  /** The total was taken, at once or from an authorization. */
  record Charged(long orderId, String customerId, Money amount) implements Payment {}

  /**
   * Nothing was taken; a later round may succeed.
   *
   * @param round the last that was declined. It is kept as long as the payment, so that none of its
   *     repeats is ever decided differently
   */
  record Declined(long orderId, String customerId, Money amount, DeclineReason reason, int round)
      implements Payment {}

  /** The total was refunded; final. */
  record Refunded(long orderId, String customerId, Money amount) implements Payment {}

  /** Nothing was taken, nor will be: the refund or void came before a successful charge. */
  record CalledOff(long orderId) implements Payment {}

  /** The total left the wallet and is held, until it is captured, voided or the hold expires. */
  record Authorized(long orderId, String customerId, Money amount) implements Payment {}

  /** The hold went back to the wallet by itself; a late capture may take it again. */
  record Expired(long orderId, String customerId, Money amount) implements Payment {}

  /** The hold went back to the wallet; final. */
  record Voided(long orderId, String customerId, Money amount) implements Payment {}
}
