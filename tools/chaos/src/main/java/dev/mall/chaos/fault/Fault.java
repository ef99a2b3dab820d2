package dev.mall.chaos.fault;

import dev.mall.chaos.mall.Mall;
import dev.mall.contracts.values.CheckoutMode;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A failure that the suite injects. */
public interface Fault {

  Duration BRIEF_RECOVERS_WITHIN = Duration.ofMinutes(2);
  Duration RECOVERS_WITHIN = Duration.ofMinutes(3);

  /** The row of the report in which it is counted. */
  String kind();

  /** The kind, and what it strikes if it may strike several. */
  default String name() {
    return kind();
  }

  /** How often it occurs in the long profile for each occurrence of the most expensive faults. */
  default int share() {
    return 1;
  }

  /**
   * Whether it takes seconds and neither ends nor stops a process of a service, so that it may
   * overlap with another fault.
   */
  default boolean isBrief() {
    return false;
  }

  /** Whether it lasts for a minute, while others strike one after the other. */
  default boolean lasts() {
    return false;
  }

  /** Why it is not injected while orders follow this checkout mode; empty if it is. */
  default Optional<String> leftOutUnder(CheckoutMode mode) {
    return Optional.empty();
  }

  /**
   * The longest time until an order is confirmed once the fault is over: twice the longest that
   * docs/faults.md has seen, since slowness is no success either. A process that was killed has to
   * start in this time.
   */
  default Duration recoversWithin() {
    return isBrief() ? BRIEF_RECOVERS_WITHIN : RECOVERS_WITHIN;
  }

  /**
   * Injects the failure under load, and ends it. A killed process may still be starting when this
   * returns.
   *
   * @param random how long, and what else is left to chance
   */
  void strike(Mall mall, RandomGenerator random) throws InterruptedException;
}
