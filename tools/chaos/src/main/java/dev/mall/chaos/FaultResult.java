package dev.mall.chaos;

/**
 * A fault that struck, and what customers met from its beginning until they were served again.
 * Faults may overlap: an event in both intervals counts for both.
 *
 * @param fromMillis when it began, since its leg did
 * @param untilMillis when a new order was confirmed
 * @param accepted orders
 * @param confirmed and
 * @param cancelled how those ended
 * @param resent requests that customers sent again
 * @param stallMillis longest time that a customer waited for an answer
 * @param recoveryMillis from the end of the fault until a new order was confirmed
 */
record FaultResult(
    String kind,
    String name,
    long fromMillis,
    long untilMillis,
    int accepted,
    int confirmed,
    int cancelled,
    int resent,
    long stallMillis,
    long recoveryMillis) {

  boolean isBeside(FaultResult other) {
    return fromMillis <= other.untilMillis && other.fromMillis <= untilMillis;
  }
}
