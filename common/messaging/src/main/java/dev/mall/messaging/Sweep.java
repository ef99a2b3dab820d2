package dev.mall.messaging;

import java.time.Duration;

/**
 * Takes out of a table that every order passes through what is over and old. Any replica may at any
 * time: rows that another one is busy with are passed over.
 */
public interface Sweep {

  /** What is swept, for people and metrics. */
  String what();

  /**
   * Looks at the next rows, the oldest first, and clears away what is over for so long. Called in a
   * transaction of its own.
   *
   * @param after where the last pass ended; {@link Long#MIN_VALUE} to begin with
   * @param age of what is cleared away, on the database's clock
   * @param most rows to look at
   */
  Pass pass(long after, Duration age, int most);

  /**
   * @param looked rows looked at; fewer than asked for if there are no more
   * @param cleared rows cleared away; if none, the younger ones need not be looked at
   * @param last where to go on
   */
  record Pass(int looked, int cleared, long last) {}
}
