package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import java.util.random.RandomGenerator;

/** A way to break the mall. */
public interface Fault {

  /** What it has in common with its like, as the report counts them. */
  String kind();

  /** The kind, and what it strikes. */
  String name();

  /** How often it comes for once of those that cost most: a process that is killed has to start. */
  default int share() {
    return 1;
  }

  /**
   * Whether it passes within seconds, and no process of a service ends or stands still for it: so
   * it may strike while another fault does.
   */
  default boolean isBrief() {
    return false;
  }

  /**
   * Breaks something, under load, and gives it back. What was killed may still be starting when
   * this returns.
   *
   * @param random how long, and what else is left to chance
   */
  void strike(Mall mall, RandomGenerator random) throws InterruptedException;
}
