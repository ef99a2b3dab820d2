package dev.mall.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ConnectException;
import java.sql.SQLException;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.QueryTimeoutException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.TransactionSystemException;

class FailuresTest {

  /**
   * Connection lost, deadlock, serialization, disk full, timeouts of lock, statement, transaction.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {"08006", "40P01", "40001", "53100", "55P03", "57P01", "57014", "25P03", "25P04"})
  void areTheEnvironmentsWhereWaitingHelps(String state) {
    assertThat(Failures.isEnvironment(uncategorized(state))).isTrue();
    assertThat(
            Failures.isEnvironment(
                new TransactionSystemException("commit", new SQLException("", state))))
        .isTrue();
  }

  @Test
  void areTheEnvironmentsWhereThePoolSaysThatTheConnectionHasGone() {
    var closed = new SQLException("Connection is closed");

    assertThat(Failures.isEnvironment(new TransactionSystemException("rollback", closed))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"23505", "23514", "22003", "42P01"})
  void areTheMessagesWhereTheSameWouldFailAgain(String state) {
    assertThat(Failures.isEnvironment(uncategorized(state))).isFalse();
  }

  @Test
  void areToldByTheirTypeWhereThereIsNoSqlState() {
    assertThat(Failures.isEnvironment(new StaleWriteException("1 of 2"))).isTrue();
    assertThat(Failures.isEnvironment(new QueryTimeoutException(""))).isTrue();
    assertThat(Failures.isEnvironment(new CannotCreateTransactionException(""))).isTrue();
    assertThat(Failures.isEnvironment(new ExecutionException(new ConnectException()))).isTrue();
    assertThat(
            Failures.isEnvironment(
                new CannotGetJdbcConnectionException("", new SQLException("", "08001"))))
        .isTrue();

    assertThat(Failures.isEnvironment(new NullPointerException())).isFalse();
    assertThat(Failures.isEnvironment(new DataIntegrityViolationException(""))).isFalse();
    assertThat(Failures.isEnvironment(new ArithmeticException("long overflow"))).isFalse();
  }

  private static UncategorizedSQLException uncategorized(String state) {
    return new UncategorizedSQLException("test", "select", new SQLException("", state));
  }
}
