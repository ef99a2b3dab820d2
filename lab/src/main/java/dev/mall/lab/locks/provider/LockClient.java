package dev.mall.lab.locks.provider;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** A process that locks. Acquisition and release of a lock belong on one thread. */
public interface LockClient {

  /**
   * @param wait zero tries once; a provider that cannot wait tries once in any case
   * @return empty if the lock stayed busy
   */
  Optional<Held> acquire(String lock, Duration wait) throws Exception;

  /** The holder of a lock, as far as the servers know it. */
  Optional<Holder> holder(String lock) throws Exception;

  /** The process ends without a release. */
  void crash() throws Exception;

  /** A lock that was acquired. */
  interface Held {

    /** The owner as {@link #holder} names it. */
    String owner();

    /** Greater than that of each holder before, if the provider has such tokens. */
    OptionalLong token();

    /** Frees the lock, or does nothing if it is not this holder's any more. */
    void release() throws Exception;
  }

  /**
   * @param remainingLease empty if there is none, or the servers do not say
   */
  record Holder(String owner, Optional<Duration> remainingLease) {}
}
