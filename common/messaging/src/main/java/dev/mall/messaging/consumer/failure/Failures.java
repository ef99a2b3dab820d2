package dev.mall.messaging.consumer.failure;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** Classifies failures by what helps against them. */
public final class Failures {

  /**
   * SQL states, by their beginning, with which PostgreSQL refuses what a message contains:
   * cardinality, data, integrity, triggered data change, view check, program limits (a value too
   * large for an index), and exceptions raised by functions. With all others it refuses everybody:
   * privileges and schema (42, 3F), cached plans (0A, 26), corruption (XX), connections and
   * resources (08, 28, 3D, 53), rollbacks (40), limits of time (55, 57, 25P).
   *
   * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL's codes</a>
   */
  private static final List<String> MESSAGE_SQL_STATES =
      List.of("21", "22", "23", "27", "44", "54", "P0");

  /** Statement, transaction and lock timeout, deadlock. */
  private static final List<String> TIMEOUT_SQL_STATES =
      List.of("57014", "25P04", "55P03", "40P01");

  /** A chain of causes may be a circle. */
  private static final int MAX_CAUSES = 50;

  private Failures() {}

  /** What helps against a failure. */
  public enum Kind {
    /** Fewer messages in one transaction, and waiting if there is only one. */
    TIMEOUT,
    /** Waiting: the same work may succeed later. */
    ENVIRONMENT,
    /** Nothing: this message fails, and others do not. */
    MESSAGE,
    /** A new process: this one has no memory left, or its JVM is broken. */
    FATAL
  }

  public static Kind kindOf(Throwable failure) {
    if (causes(failure).anyMatch(Failures::isFatal)) {
      return Kind.FATAL;
    }
    var refused = sqlException(failure);
    if (refused.isPresent()) {
      return kindOf(refused.get().getSQLState());
    }
    if (causes(failure)
        .anyMatch(cause ->
            cause instanceof QueryTimeoutException
                || cause instanceof TransactionTimedOutException)) {
      return Kind.TIMEOUT;
    }
    return causes(failure).anyMatch(Failures::mayPass) ? Kind.ENVIRONMENT : Kind.MESSAGE;
  }

  /** Whether the same work may succeed later. */
  public static boolean isEnvironment(Throwable failure) {
    var kind = kindOf(failure);
    return kind == Kind.ENVIRONMENT || kind == Kind.TIMEOUT;
  }

  /** The same for failures that look alike: their innermost cause's type and SQL state. */
  static String signatureOf(Throwable failure) {
    var state = sqlException(failure).map(SQLException::getSQLState).map(" "::concat).orElse("");
    return innermostOf(failure).getClass().getName() + state;
  }

  /** The failure and what caused it at first, in one line. */
  public static String describe(Throwable failure) {
    var innermost = innermostOf(failure);
    var text = failure.toString();
    return innermost.getMessage() == null || text.contains(innermost.getMessage())
        ? text
        : text + ": " + innermost;
  }

  private static Throwable innermostOf(Throwable failure) {
    return causes(failure).reduce((_, inner) -> inner).orElse(failure);
  }

  private static Stream<Throwable> causes(Throwable failure) {
    var chain = new ArrayList<Throwable>();
    for (Throwable cause = failure;
        cause != null && chain.size() < MAX_CAUSES;
        cause = cause.getCause()) {
      chain.add(cause);
    }
    return chain.stream();
  }

  private static Optional<SQLException> sqlException(Throwable failure) {
    return causes(failure)
        .filter(SQLException.class::isInstance)
        .map(SQLException.class::cast)
        .findFirst();
  }

  /** The server always states one; a pool whose connection was closed does not. */
  private static Kind kindOf(@Nullable String sqlState) {
    if (sqlState == null) {
      return Kind.ENVIRONMENT;
    }
    if (TIMEOUT_SQL_STATES.contains(sqlState)) {
      return Kind.TIMEOUT;
    }
    return MESSAGE_SQL_STATES.stream().anyMatch(sqlState::startsWith)
        ? Kind.MESSAGE
        : Kind.ENVIRONMENT;
  }

  private static boolean isFatal(Throwable cause) {
    return cause instanceof VirtualMachineError && !(cause instanceof StackOverflowError);
  }

  private static boolean mayPass(Throwable cause) {
    return cause instanceof TransientDataAccessException
        || cause instanceof RecoverableDataAccessException
        || cause instanceof DataAccessResourceFailureException
        || cause instanceof CannotCreateTransactionException
        || cause instanceof IOException
        || cause instanceof TimeoutException
        || cause instanceof InterruptedException;
  }
}
