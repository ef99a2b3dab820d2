package dev.mall.messaging.consumer.failure;

import java.io.Serial;
import org.springframework.dao.ConcurrencyFailureException;

/**
 * A set-based write met other rows than were loaded: another transaction changed them. The
 * transaction must roll back and the batch be done again.
 */
public final class StaleWriteException extends ConcurrencyFailureException {

  @Serial private static final long serialVersionUID = 1L;

  public StaleWriteException(String message) {
    super(message);
  }

  /**
   * @param what the rows written, for the message
   * @throws StaleWriteException if {@code actual} differs from {@code expected}
   */
  public static void unless(int expected, int actual, String what) {
    if (actual != expected) {
      throw new StaleWriteException("wrote %d of %d %s".formatted(actual, expected, what));
    }
  }
}
