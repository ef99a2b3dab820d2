package dev.mall.contracts.values;

/** Why an order was cancelled. */
public enum CancelReason {
  /** At least one line could not be held. */
  OUT_OF_STOCK,
  /** The customer had too much stock held already, unpaid. */
  TOO_MANY_RESERVATIONS,
  /** The wallet holds less than the total. */
  INSUFFICIENT_FUNDS,
  /** The customer has no wallet. */
  NO_WALLET,
  /** The wallet is kept in another currency than the order. */
  WRONG_CURRENCY,
  /** The reservation expired before it was committed, and the stock was sold to others. */
  RESERVATION_EXPIRED,
  /** A step did not answer in the time it has. */
  TIMED_OUT,
  /** An operator decided so. */
  OPERATOR,
  /** The customer cancelled it before it was confirmed. */
  CUSTOMER;

  /** Whether the order's payment was declined, so that its stock was reserved in vain. */
  public boolean isDeclinedPayment() {
    return switch (this) {
      case INSUFFICIENT_FUNDS, NO_WALLET, WRONG_CURRENCY -> true;
      case OUT_OF_STOCK,
          TOO_MANY_RESERVATIONS,
          RESERVATION_EXPIRED,
          TIMED_OUT,
          OPERATOR,
          CUSTOMER ->
          false;
    };
  }
}
