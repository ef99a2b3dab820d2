package dev.mall.messaging.retention;

import java.time.Duration;

/**
 * Archives or deletes the settled rows of a table once they are older than the retention period.
 * Every replica runs it at any time: rows that another replica has locked are skipped.
 */
public interface RetentionTask {

  /** The name of the rows, for logs and metrics. */
  String what();

  /**
   * The retention period, from the time at which a row was settled.
   *
   * @param horizon the age from which messages about the rows are refused as expired
   */
  default Duration age(Duration horizon) {
    return horizon;
  }

  /**
   * The common table expressions of a statement that handles one batch of rows, in the order of a
   * bigint key:
   *
   * <ul>
   *   <li>{@code batch (id, expired)}: the next rows, and whether each is older than the retention
   *       period on the database's clock, settled or not; a batch without an expired row is the
   *       last one
   *   <li>{@code cleared}: one row for each that was archived or deleted
   * </ul>
   *
   * <p>Its parameters are {@code :after}, the key at which the batch before ended, {@code
   * :seconds}, the retention period, and {@code :most}, the size of a batch.
   */
  String expressions();
}
