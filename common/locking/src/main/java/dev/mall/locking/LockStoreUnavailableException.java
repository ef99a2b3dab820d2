package dev.mall.locking;

import java.io.Serial;

/** Redis did not answer, or the circuit breaker is open. */
public final class LockStoreUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  LockStoreUnavailableException(RuntimeException cause) {
    super("the lock store is unavailable: " + cause.getMessage(), cause);
  }
}
