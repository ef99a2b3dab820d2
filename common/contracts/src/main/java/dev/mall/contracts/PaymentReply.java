package dev.mall.contracts;

import dev.mall.contracts.values.StepKey;

/** Replies of payment-service. */
public sealed interface PaymentReply extends Reply {

  /** The order's total was taken. */
  record PaymentCharged(StepKey step) implements PaymentReply {}

  /** Nothing was taken, and nothing is held. */
  record PaymentDeclined(StepKey step, DeclineReason reason) implements PaymentReply {}

  /**
   * Nothing is taken for this order any more, nor will be.
   *
   * @param refundedMinor what went back; zero if nothing had been taken
   */
  record PaymentRefunded(StepKey step, long refundedMinor) implements PaymentReply {}

  /** The order's total is held. */
  record PaymentAuthorized(StepKey step) implements PaymentReply {}

  /** The order's total, which was held, was taken. */
  record PaymentCaptured(StepKey step) implements PaymentReply {}

  /** Nothing was captured; a later round may succeed. */
  record CaptureRefused(StepKey step, CaptureRefusal reason) implements PaymentReply {}

  /**
   * Nothing is held for this order any more, nor will be.
   *
   * @param releasedMinor how much of the customer's money was held; zero if none ever was
   */
  record PaymentVoided(StepKey step, long releasedMinor) implements PaymentReply {}

  /** The money was taken and is held no more; a saga that receives this is inconsistent. */
  record VoidRefused(StepKey step) implements PaymentReply {}

  /** Why a charge or an authorization was refused. */
  enum DeclineReason {
    /** The wallet holds less than the total. */
    INSUFFICIENT_FUNDS,
    /** The customer has no wallet. */
    NO_WALLET,
    /** The wallet is kept in another currency. */
    WRONG_CURRENCY,
    /** The payment was refunded, voided, expired or called off before this command came. */
    CALLED_OFF
  }

  /** Why a capture was refused. */
  enum CaptureRefusal {
    /** Nothing was authorized, or it was voided. */
    NOT_AUTHORIZED,
    /** Another amount was authorized; parts of it cannot be captured. */
    OTHER_AMOUNT,
    /** The authorization expired, and the wallet holds less than the total now. */
    INSUFFICIENT_FUNDS
  }
}
