package dev.mall.verifier.tables;

import java.util.List;

/**
 * Totals of the tables, for people.
 *
 * @param orders by status and reason
 * @param sagas by state; then how many are overdue and parked
 * @param units of all SKUs together
 * @param money in minor units, by currency
 * @param notified inbox entries by outcome
 * @param deadLetters by status
 */
public record Summary(
    List<Line> orders,
    List<Line> sagas,
    List<Line> units,
    List<Line> money,
    List<Line> notified,
    List<Line> deadLetters) {

  /** How many dead letters no operator has redriven or discarded. */
  public long waitingLetters() {
    return deadLetters.stream()
        .filter(line -> line.what().equals("WAITING"))
        .mapToLong(Line::count)
        .sum();
  }

  public record Line(String what, long count) {}
}
