package dev.mall.benchmarks.usage;

/**
 * Totals of one database.
 *
 * @param transactions committed or rolled back
 * @param rows inserted, updated or deleted
 */
public record DatabaseCounters(long transactions, long rows) {

  static final DatabaseCounters NONE = new DatabaseCounters(0, 0);

  DatabaseCounters minus(DatabaseCounters earlier) {
    return new DatabaseCounters(transactions - earlier.transactions, rows - earlier.rows);
  }
}
