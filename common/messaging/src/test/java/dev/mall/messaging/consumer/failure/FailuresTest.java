package dev.mall.messaging.consumer.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.messaging.consumer.failure.Failures.Kind;
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

  /**
   * Privilege, table, column, syntax, cached plan, prepared statement, corruption, database,
   * password, connections, disk, schema.
   */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "42501", "42P01", "42703", "42601", "0A000", "26000", "XX000", "XX001", "XX002", "3D000",
        "28P01", "53300", "53100", "3F000"
      })
  void areTransientWhereTheServerRefusesEveryConnection(String state) {
    assertThat(Failures.kindOf(uncategorized(state))).isEqualTo(Kind.ENVIRONMENT);
  }

  @ParameterizedTest
  @ValueSource(strings = {"57014", "25P04", "55P03", "40P01"})
  void areTimeoutsWhereASmallerBatchMayFit(String state) {
    assertThat(Failures.kindOf(uncategorized(state))).isEqualTo(Kind.TIMEOUT);
    assertThat(Failures.kindOf(new QueryTimeoutException(""))).isEqualTo(Kind.TIMEOUT);
  }

  @Test
  void areTheMessagesWhereHandlingItEndsInAnErrorButForABrokenProcess() {
    assertThat(Failures.kindOf(new StackOverflowError())).isEqualTo(Kind.MESSAGE);
    assertThat(Failures.kindOf(new NoClassDefFoundError())).isEqualTo(Kind.MESSAGE);
    assertThat(Failures.kindOf(new AssertionError())).isEqualTo(Kind.MESSAGE);
    assertThat(Failures.kindOf(new IllegalStateException(new OutOfMemoryError())))
        .isEqualTo(Kind.FATAL);
  }

  @Test
  void areClassifiedThoughTheirCausesAreACircle() {
    var outer = new IllegalStateException();
    outer.initCause(new IllegalArgumentException(outer));

    assertThat(Failures.kindOf(outer)).isEqualTo(Kind.MESSAGE);
  }

  @Test
  void areTheEnvironmentsWhereThePoolSaysThatTheConnectionHasGone() {
    var closed = new SQLException("Connection is closed");

    assertThat(Failures.isEnvironment(new TransactionSystemException("rollback", closed))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"21000", "22003", "22021", "23505", "23514", "44000", "54000", "P0001"})
  void areTheMessagesWhereTheSameWouldFailAgain(String state) {
    assertThat(Failures.isEnvironment(uncategorized(state))).isFalse();
  }

  @Test
  void areClassifiedByTypeWithoutAnSqlState() {
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
