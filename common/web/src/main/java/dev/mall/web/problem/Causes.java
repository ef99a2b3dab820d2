package dev.mall.web.problem;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** Tells what lies behind a failure. */
final class Causes {

  /**
   * SQL states, by their beginning: connection, rollback, resources, lock not available, operator
   * intervention, system error, a transaction ended by the server's limits, a standby.
   */
  private static final List<String> PASSING_STATES =
      List.of("08", "40", "53", "55P03", "57", "58", "25P02", "25P03", "25P04", "25006");

  private static final int DEEPEST = 20;

  private Causes() {}

  static boolean has(Class<? extends Throwable> type, Throwable failure) {
    return chain(failure).anyMatch(type::isInstance);
  }

  /** Returns the outermost cause of a type. */
  static <T extends Throwable> Optional<T> find(Class<T> type, Throwable failure) {
    return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Whether the same request may well succeed later: the database is away, slow or contended. */
  static boolean environment(Throwable failure) {
    return chain(failure).anyMatch(Causes::passes);
  }

  static Throwable innermost(Throwable failure) {
    return chain(failure).reduce(failure, (_, deeper) -> deeper);
  }

  private static boolean passes(Throwable cause) {
    return switch (cause) {
      case DataAccessResourceFailureException _,
          NonTransientDataAccessResourceException _,
          RecoverableDataAccessException _,
          TransientDataAccessException _,
          CannotCreateTransactionException _,
          TransactionTimedOutException _,
          SQLTransientException _,
          SQLRecoverableException _ ->
          true;
      case SQLException sql -> passes(sql.getSQLState());
      default -> false;
    };
  }

  /** The server always tells a state; a pool whose connection has gone does not. */
  private static boolean passes(@Nullable String sqlState) {
    return sqlState == null || PASSING_STATES.stream().anyMatch(sqlState::startsWith);
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST);
  }
}
