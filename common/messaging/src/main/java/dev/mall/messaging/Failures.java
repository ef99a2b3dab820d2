package dev.mall.messaging;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;

/** Tells whether a failure is the environment's, so that waiting helps, or the message's. */
final class Failures {

  /**
   * SQL states, by their beginning, after which the same statement may succeed later: connection,
   * rollback (serialization, deadlock), resources (disk, memory, connections), lock not available,
   * operator intervention (shutdown, cancelled by a timeout), system error, and transactions ended
   * by the server's own limits.
   *
   * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL's codes</a>
   */
  private static final List<String> PASSING_SQL_STATES =
      List.of("08", "40", "53", "55P03", "57", "58", "25P02", "25P03", "25P04", "25006");

  private Failures() {}

  static boolean isEnvironment(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql) {
        return isPassing(sql.getSQLState());
      }
      if (cause instanceof TransientDataAccessException
          || cause instanceof RecoverableDataAccessException
          || cause instanceof DataAccessResourceFailureException
          || cause instanceof CannotCreateTransactionException
          || cause instanceof IOException
          || cause instanceof TimeoutException
          || cause instanceof InterruptedException) {
        return true;
      }
    }
    return false;
  }

  /** The server always tells a state; a pool whose connection has gone does not. */
  private static boolean isPassing(@Nullable String state) {
    return state == null || PASSING_SQL_STATES.stream().anyMatch(state::startsWith);
  }
}
