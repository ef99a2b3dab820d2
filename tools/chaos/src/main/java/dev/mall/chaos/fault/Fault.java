package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** A way to break the mall. */
public interface Fault {

  Duration BRIEF_RECOVERS_WITHIN = Duration.ofMinutes(2);
  Duration RECOVERS_WITHIN = Duration.ofMinutes(3);

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

  /** Whether it lasts for a minute, while others strike one after the other. */
  default boolean lasts() {
    return false;
  }

  /**
   * How long customers may have to wait for a confirmed order once it is over: twice the longest
   * that docs/faults.md has seen, since slowness is no success either. A process that was killed
   * has to start in this time.
   */
  default Duration recoversWithin() {
    return isBrief() ? BRIEF_RECOVERS_WITHIN : RECOVERS_WITHIN;
  }

  /**
   * Breaks something, under load, and gives it back. What was killed may still be starting when
   * this returns.
   *
   * @param random how long, and what else is left to chance
   */
  void strike(Mall mall, RandomGenerator random) throws InterruptedException;
}
