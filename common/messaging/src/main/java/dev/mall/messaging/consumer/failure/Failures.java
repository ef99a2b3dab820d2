package dev.mall.messaging.consumer.failure;

import dev.mall.runtime.TransientErrors;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
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

  /** A chain of causes may be a circle. */
  private static final int MAX_CAUSES = 50;

  private Failures() {}

  /** The remedy for a failure. */
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

  /** PostgreSQL refuses every message what it does not refuse because of a message's values. */
  private static Kind kindOf(@Nullable String sqlState) {
    return switch (TransientErrors.kindOf(sqlState)) {
      case TIMEOUT -> Kind.TIMEOUT;
      case UNAVAILABLE, BROKEN -> Kind.ENVIRONMENT;
      case DATA -> Kind.MESSAGE;
    };
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
