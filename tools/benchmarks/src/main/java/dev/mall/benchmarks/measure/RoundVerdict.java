package dev.mall.benchmarks.measure;

import dev.mall.benchmarks.load.Idle;
import dev.mall.benchmarks.load.OpenLoop;

/** Whether a round's figures count. */
public enum RoundVerdict {
  VALID("valid"),
  FOREIGN_CPU("void: other processes used more than 10 % of the CPU"),
  BACKLOG("void: the backlog of open orders grew"),
  WRONG_OUTCOME("void: more than 1 % of the orders had another outcome, or failed"),
  NO_ORDERS("void: no order was completed");

  /** Of the machine's capacity. */
  static final double FOREIGN_LIMIT = 0.10;

  private static final double BACKLOG_LIMIT = 0.10;
  private static final double WRONG_LIMIT = 0.01;

  /** An open loop's backlog varies by the orders that are due within this time. */
  private static final int USUAL_SECONDS = 2;

  private final String text;

  RoundVerdict(String text) {
    this.text = text;
  }

  public String text() {
    return text;
  }

  public boolean isVoid() {
    return this != VALID;
  }

  /**
   * Judges a window.
   *
   * @param counted orders that became final within the window, and by how many more are open
   * @param failed requests that were neither accepted nor refused with 503
   */
  static RoundVerdict of(
      WorkloadDefinition workload, OrderCounts counted, long failed, double foreign) {
    boolean idle = workload.load() instanceof Idle;
    long expected = workload.confirms() ? counted.confirmed() : counted.cancelled();
    long wrong = (workload.confirms() ? counted.cancelled() : counted.confirmed()) + failed;
    if (!idle && expected + wrong == 0) {
      return NO_ORDERS;
    }
    if (wrong > WRONG_LIMIT * (expected + wrong)) {
      return WRONG_OUTCOME;
    }
    double usual = workload.load() instanceof OpenLoop(int rate, _) ? USUAL_SECONDS * rate : 0;
    if (!idle && counted.open() > Math.max(usual, BACKLOG_LIMIT * expected)) {
      return BACKLOG;
    }
    return foreign > FOREIGN_LIMIT ? FOREIGN_CPU : VALID;
  }
}
