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
 */
public record Summary(
    List<Line> orders, List<Line> sagas, List<Line> units, List<Line> money, List<Line> notified) {

  public record Line(String what, long count) {}
}
