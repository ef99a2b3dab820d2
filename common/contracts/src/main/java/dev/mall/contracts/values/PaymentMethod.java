package dev.mall.contracts.values;

/** Where the money comes from. */
public enum PaymentMethod {
  /** The customer's balance with the mall, kept by payment-service. */
  WALLET
}
