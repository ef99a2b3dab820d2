package dev.mall.web;

import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.Set;
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

  /** Connection, resources, operator intervention, system; rollback, locks; read-only standby. */
  private static final Set<String> STATE_CLASSES = Set.of("08", "53", "57", "58", "40", "55");

  private static final int DEEPEST = 20;

  private Causes() {}

  static boolean tooLarge(Throwable failure) {
    return chain(failure).anyMatch(BodyTooLargeException.class::isInstance);
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
    return sqlState == null
        || sqlState.equals("25006")
        || (sqlState.length() == 5 && STATE_CLASSES.contains(sqlState.substring(0, 2)));
  }

  private static Stream<Throwable> chain(Throwable failure) {
    return Stream.<Throwable>iterate(failure, cause -> cause != null, Throwable::getCause)
        .limit(DEEPEST);
  }
}
