package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** Replies of payment-service. */
public sealed interface PaymentReply extends Reply {

  /** The order's total was taken. */
  record PaymentCharged(StepKey step) implements PaymentReply {}

  /** Nothing was taken. */
  record PaymentDeclined(StepKey step, DeclineReason reason) implements PaymentReply {}

  /**
   * Nothing is taken for this order any more, nor will be.
   *
   * @param refundedMinor what went back; zero if nothing had been taken
   */
  record PaymentRefunded(StepKey step, long refundedMinor) implements PaymentReply {}

  /** Why a charge was refused. */
  enum DeclineReason {
    /** The wallet holds less than the total. */
    INSUFFICIENT_FUNDS,
    /** The customer has no wallet. */
    NO_WALLET,
    /** The wallet is kept in another currency. */
    WRONG_CURRENCY,
    /** The payment was refunded, or called off, before this charge came. */
    CALLED_OFF
  }
}
