package dev.mall.web.problem;

import dev.mall.runtime.TransientErrors;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.dao.DataAccessResourceFailureException;
import org.springframework.dao.NonTransientDataAccessResourceException;
import org.springframework.dao.RecoverableDataAccessException;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionTimedOutException;

/** Classifies failures by their causes. */
final class Causes {

  private static final int DEEPEST = 20;

  private Causes() {}

  static boolean has(Class<? extends Throwable> type, Throwable failure) {
    return chain(failure).anyMatch(type::isInstance);
  }

  /** Returns the outermost cause of a type. */
  static <T extends Throwable> Optional<T> find(Class<T> type, Throwable failure) {
    return chain(failure).filter(type::isInstance).map(type::cast).findFirst();
  }

  /** Whether a retry may succeed: the database is unavailable, slow or contended. */
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
      case SQLException sql -> TransientErrors.kindOf(sql.getSQLState()).isTransient();
      default -> false;
    };
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST);
  }
}
