package dev.mall.locking;

import java.time.Duration;

/**
 * Who holds a lock.
 *
 * @param owner {@code pid@host/instance#acquisition}
 * @param remainingLease on Redis's clock, when it was asked
 */
public record LockHolder(String owner, Duration remainingLease) {}
