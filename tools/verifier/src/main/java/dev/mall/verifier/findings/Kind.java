package dev.mall.verifier.findings;

/** Every way in which a guarantee can be found broken. */
public enum Kind {
  ORDER_LOST("G1", "an order that was accepted is not in order-service"),
  KEY_CONTRADICTED("G1", "one request key stands for another order than was answered"),
  SAGA_DISAGREES("G1", "order and saga do not have the same end"),
  CANCELLATION_LOST("G1", "a cancellation that was accepted is not in order-service"),
  OVERSOLD("G2", "0 <= reserved <= on hand does not hold"),
  STOCK_UNBALANCED("G3", "a SKU's numbers are not those of its receipts and reservations"),
  STOCK_DISAGREES("G3", "an order and its reservation do not agree"),
  RECEIPT_LOST("G3", "stock whose receipt was acknowledged is not booked"),
  TOTAL_WRONG("G4", "an order's total is not the sum of its lines"),
  LEDGER_UNBALANCED("G4", "a currency's ledger does not sum to zero"),
  LEDGER_UNEXPLAINED("G4", "a ledger transaction belongs to no order or deposit, or goes astray"),
  WALLET_UNBALANCED("G4", "a wallet does not hold what its ledger entries say"),
  DEPOSIT_UNBOOKED("G4", "a deposit and the ledger do not agree"),
  DEPOSIT_LOST("G4", "a deposit that was acknowledged is not booked"),
  MONEY_DISAGREES("G4", "an order, its payment and the ledger do not agree"),
  DECISION_DISAGREES(
      "G4", "an operator ended a prepared transaction in another way than its order"),
  NOTIFIED_WRONGLY("G6", "the customer was not notified exactly once of the order's end"),
  STUCK_IN_SILENCE("G7", "past its time, and neither retried, nor counted, nor parked"),
  OVERDUE("G7", "still overdue although it is asked for again"),
  PARKED("G7", "waits for a person"),
  OUTBOX_STUCK("G7", "messages wait in an outbox past their time"),
  DEAD_LETTER_WAITING(
      "G7", "a message of an open order was given up and waits until it is redriven or discarded"),
  OUTBOX_QUARANTINED("G7", "a message that Kafka refuses is unsent until an operator releases it"),
  IN_DOUBT("G7", "a prepared transaction waits for its decision and holds its locks"),
  CANCELLED_WITHOUT_CAUSE("G9", "an order was cancelled for a reason that the books contradict"),
  CATALOGUE_DISAGREES("G10", "a product is not the same in inventory-service and order-service");

  private final String guarantee;
  private final String meaning;

  Kind(String guarantee, String meaning) {
    this.guarantee = guarantee;
    this.meaning = meaning;
  }

  /** Its number in the README's list. */
  public String guarantee() {
    return guarantee;
  }

  public String meaning() {
    return meaning;
  }
}
