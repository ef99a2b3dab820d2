package dev.mall.messaging.retention;

import java.time.Duration;

/**
 * Takes out of a table that every order passes through what is over and old. Any replica may at any
 * time: rows that another one is busy with are passed over.
 */
public interface RetentionTask {

  /** The name of the rows, for logs and metrics. */
  String what();

  /**
   * How long it must have been over.
   *
   * @param unrepeatable after so long no message about it is handled any more
   */
  default Duration age(Duration unrepeatable) {
    return unrepeatable;
  }

  /**
   * One statement that looks at the next rows, the oldest first, and archives or deletes those that
   * have been settled for so long. Its parameters are
   *
   * <ul>
   *   <li>{@code :after}, a bigint: {@code last} of the pass before, or less than any
   *   <li>{@code :seconds}: the age from which rows are cleared, on the database's clock
   *   <li>{@code :most}: rows to look at
   * </ul>
   *
   * and it returns one row:
   *
   * <ul>
   *   <li>{@code looked}: rows looked at; fewer than {@code :most} if there are no more
   *   <li>{@code old}: how many of them are of that age, over or not; if none is, younger rows need
   *       not be looked at
   *   <li>{@code cleared}: how many were cleared
   *   <li>{@code last}: where the next pass goes on
   * </ul>
   */
  String statement();
}
