package dev.mall.runtime;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's SQL states by what helps against them.
 *
 * @see <a href="https://www.postgresql.org/docs/18/errcodes-appendix.html">PostgreSQL's codes</a>
 */
public final class TransientErrors {

  /** Statement, transaction and lock timeout, deadlock. */
  private static final List<String> TIMEOUT = List.of("57014", "25P04", "55P03", "40P01");

  /**
   * By their beginning: connection, rollback, resources, operator intervention, system error, a
   * transaction ended by the server's limits, a standby.
   */
  private static final List<String> UNAVAILABLE =
      List.of("08", "40", "53", "57", "58", "25P02", "25P03", "25006");

  /**
   * By their beginning: cardinality, data, integrity, triggered data change, view check, program
   * limits (a value too large for an index), and exceptions raised by functions.
   */
  private static final List<String> DATA = List.of("21", "22", "23", "27", "44", "54", "P0");

  private TransientErrors() {}

  /** The remedy for a failure that the database reports. */
  public enum Kind {
    /** A smaller transaction, or a retry. */
    TIMEOUT,
    /** A retry: the database is unavailable, or the transaction lost a conflict. */
    UNAVAILABLE,
    /** A retry after an operator's repair: privileges, schema, cached plans, corruption. */
    BROKEN,
    /** Nothing: the values of this statement are refused. */
    DATA;

    /** Whether the same statement may succeed later without an operator's help. */
    public boolean isTransient() {
      return this == TIMEOUT || this == UNAVAILABLE;
    }
  }

  /**
   * @param sqlState null where the server sent none, because its connection was lost
   */
  public static Kind kindOf(@Nullable String sqlState) {
    if (sqlState == null) {
      return Kind.UNAVAILABLE;
    }
    if (TIMEOUT.contains(sqlState)) {
      return Kind.TIMEOUT;
    }
    if (UNAVAILABLE.stream().anyMatch(sqlState::startsWith)) {
      return Kind.UNAVAILABLE;
    }
    return DATA.stream().anyMatch(sqlState::startsWith) ? Kind.DATA : Kind.BROKEN;
  }
}
