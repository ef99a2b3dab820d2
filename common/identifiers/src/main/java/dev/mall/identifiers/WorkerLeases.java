package dev.mall.identifiers;

import java.time.Duration;
import java.util.OptionalInt;

/**
 * Leases of worker numbers, each with the time up to which its holder may generate ids. Times are
 * those of ids: milliseconds since the epoch, on the maker's clock. How long a lease lasts is
 * judged on the store's clock.
 *
 * <p>The granted time alone keeps ids unique: a number passes to another holder only above the time
 * granted to the one before, who never goes beyond it unless the store agreed. The lease decides
 * who is asked to wait, so a clock that runs wrong costs a number, never an id.
 */
interface WorkerLeases {

  /**
   * Leases a number that is free and that made no id at {@code now} or later.
   *
   * @param until granted from {@code now} up to and including this time
   * @return the number; empty if all are held, or have made ids later than {@code now}
   */
  OptionalInt take(String holder, Duration lease, long now, long until);

  /**
   * Renews the lease and grants times up to {@code until}, if that is later than granted before.
   *
   * @return false if the number has passed to another holder
   */
  boolean extend(int worker, String holder, Duration lease, long until);

  /** Gives the number back, having made no id later than {@code used}. */
  void release(int worker, String holder, long used);
}
