package dev.mall.payment.query;

/** The public state of a payment, derived from its operations. */
public enum PaymentStatus {
  /** A payment provider was asked and has not answered; a wallet answers at once. */
  PROCESSING,
  /** The total is held. */
  AUTHORIZED,
  /** The total was taken. */
  CAPTURED,
  /** Nothing was taken; the saga may ask again. */
  DECLINED,
  /** Nothing was taken, and nothing is held any more. */
  CANCELLED,
  /** The total was taken and returned. */
  REFUNDED
}
