package dev.mall.locking;

import java.io.Serial;

/** Redis did not answer, or has not answered lately and is left alone for a while. */
public final class LockStoreUnavailableException extends RuntimeException {

  @Serial private static final long serialVersionUID = 1L;

  LockStoreUnavailableException(RuntimeException cause) {
    super("the lock store is unavailable: " + cause.getMessage(), cause);
  }
}
