package dev.mall.security;

/** A role of a token's subject, as the token's claim {@code roles} names it. */
public enum Role {
  /** A customer: own orders, payments, wallet and notifications. The subject is the customer id. */
  CUSTOMER,
  /** The backend of a sales channel: orders of customers that it authenticates itself. */
  CHANNEL,
  /** Products, receipts, deposits, republishing. */
  MERCHANT,
  /** The desk: sagas, steps, dead letters. */
  OPERATOR,
  /** Reads everything and changes nothing. */
  AUDITOR
}
