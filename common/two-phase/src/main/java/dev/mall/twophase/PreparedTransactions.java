package dev.mall.twophase;

import dev.mall.runtime.Columns;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.InvalidDataAccessResourceUsageException;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The prepared transactions of this database, one per order at most.
 *
 * <p>The row of {@code two_phase_outcome} serializes all that concerns an order: the transaction
 * that works for it inserts the row first, so that a second one, or a rollback, waits until it is
 * refused, prepared or lost. A prepared transaction keeps the row; a transaction that waits for it
 * runs into the lock timeout, tries again and then finds the transaction by its identifier.
 *
 * @see <a href="https://www.postgresql.org/docs/18/sql-prepare-transaction.html">PREPARE
 *     TRANSACTION</a>
 */
public final class PreparedTransactions {

  private static final String UNDEFINED_OBJECT = "42704";

  private static final String IS_PREPARED =
      "select exists (select from pg_prepared_xacts where gid = :gid)";

  /** Of the server, which both participants may share. */
  private static final String ROOM =
      """
      select current_setting('max_prepared_transactions')::int / 3 as most, count(*) as held
        from pg_prepared_xacts
       where database = current_database()
      """;

  private static final String FIND =
      """
      select cast(substr(gid, length(:prefix) + 1) as bigint) as order_id, prepared
        from pg_prepared_xacts
       where database = current_database() and starts_with(gid, :prefix)
         and substr(gid, length(:prefix) + 1) ~ '^[0-9]{1,19}$'
         and prepared < clock_timestamp() - :millis * interval '1 ms'
       order by prepared
      """;

  private static final String INSERT =
      """
      insert into two_phase_outcome (order_id, outcome) values (:order, :outcome)
      on conflict do nothing
      """;

  private static final String BY_HAND =
      """
      insert into two_phase_heuristic (order_id, wanted, who, why)
      values (:order, :wanted, :who, :why)
      returning id
      """;

  private static final String ENDED_BY_HAND =
      "update two_phase_heuristic set outcome = :outcome where id = :id";

  private static final String REFUSE =
      "update two_phase_outcome set outcome = 'ROLLED_BACK' where order_id = :order";

  private final JdbcClient jdbc;
  private final TransactionOperations transaction;
  private final Duration lockTimeout;
  private volatile @Nullable String prefix;

  /**
   * @param lockTimeout longest wait for a row that another order's prepared transaction holds
   */
  public PreparedTransactions(
      JdbcClient jdbc, TransactionOperations transaction, Duration lockTimeout) {
    this.jdbc = jdbc;
    this.transaction = transaction;
    this.lockTimeout = lockTimeout;
  }

  /** How a transaction ended. */
  public enum Outcome {
    COMMITTED,
    ROLLED_BACK
  }

  /**
   * Runs {@code work} in a transaction and leaves it prepared, or commits it where the work
   * refuses. Nothing is run if the order's transaction is prepared or was decided before.
   *
   * @param work returns whether it agrees; sends no messages and no notifications if it does,
   *     because those would wait for the decision, too
   * @throws org.springframework.dao.DataAccessException among others after the lock timeout, or
   *     while this database has a third of the server's prepared transactions, or if the server
   *     allows fewer than three; nothing is prepared then, unless the connection was lost while it
   *     happened
   */
  public Vote prepare(long orderId, BooleanSupplier work) {
    requireNoTransaction();
    if (isPrepared(orderId)) {
      return Vote.PREPARED;
    }
    return transaction.execute(status -> {
      limitLocks();
      if (!insert(orderId, Outcome.COMMITTED)) {
        return outcome(orderId).orElseThrow() == Outcome.COMMITTED
            ? Vote.COMMITTED_BEFORE
            : Vote.ROLLED_BACK_BEFORE;
      }
      requireRoom();
      if (!work.getAsBoolean()) {
        jdbc.sql(REFUSE).param("order", orderId).update();
        return Vote.REFUSED;
      }
      jdbc.sql("prepare transaction " + quotedGid(orderId)).update();
      status.setRollbackOnly(); // has no effect, but no listener takes it for committed
      return Vote.PREPARED;
    });
  }

  /**
   * Commits the order's prepared transaction, if there is one.
   *
   * @return how it ended, now or before; empty if this database knows of none
   */
  public Optional<Outcome> commit(long orderId) {
    finish("commit prepared ", orderId);
    return outcome(orderId);
  }

  /**
   * Rolls the order's prepared transaction back, if there is one, and leaves a tombstone.
   *
   * @return {@link Outcome#COMMITTED} if it was committed before
   */
  public Outcome rollBack(long orderId) {
    finish("rollback prepared ", orderId);
    return transaction.execute(_ -> {
      limitLocks();
      insert(orderId, Outcome.ROLLED_BACK);
      return outcome(orderId).orElseThrow();
    });
  }

  /**
   * Ends an order's transaction as an operator decides, and keeps who did and why. A rollback
   * leaves its tombstone even if nothing is prepared, so that a preparation that comes later is
   * refused. If the coordinator decides otherwise, its saga is parked.
   *
   * @return how it ended, which the coordinator may have decided meanwhile; empty if there is
   *     nothing to commit
   */
  public Optional<Outcome> decideByHand(long orderId, Outcome wanted, String who, String why) {
    if (wanted == Outcome.COMMITTED && !isPrepared(orderId)) {
      return Optional.empty();
    }
    long id =
        jdbc.sql(BY_HAND)
            .param("order", orderId)
            .param("wanted", wanted.name())
            .param("who", who)
            .param("why", why)
            .query(Long.class)
            .single();
    var end = wanted == Outcome.COMMITTED ? commit(orderId) : Optional.of(rollBack(orderId));
    end.ifPresent(outcome ->
        jdbc.sql(ENDED_BY_HAND).param("outcome", outcome.name()).param("id", id).update());
    return end;
  }

  public boolean isPrepared(long orderId) {
    return jdbc.sql(IS_PREPARED).param("gid", gid(orderId)).query(Boolean.class).single();
  }

  /** Those that wait for their decision for longer than {@code age}, the oldest first. */
  public List<PreparedTransaction> olderThan(Duration age) {
    return jdbc.sql(FIND)
        .param("prefix", prefix())
        .param("millis", age.toMillis())
        .query((row, _) ->
            new PreparedTransaction(row.getLong("order_id"), Columns.instant(row, "prepared")))
        .list();
  }

  /** How the order's transaction ended; empty if it has not, or never began. */
  Optional<Outcome> outcome(long orderId) {
    return jdbc.sql("select outcome from two_phase_outcome where order_id = :order")
        .param("order", orderId)
        .query(Outcome.class)
        .optional();
  }

  private boolean insert(long orderId, Outcome outcome) {
    return jdbc.sql(INSERT).param("order", orderId).param("outcome", outcome.name()).update() == 1;
  }

  private void finish(String verb, long orderId) {
    requireNoTransaction();
    try {
      jdbc.sql(verb + quotedGid(orderId)).update();
    } catch (DataAccessException failure) {
      if (!isUndefined(failure)) {
        throw failure;
      }
    }
  }

  private static boolean isUndefined(DataAccessException failure) {
    return failure.getRootCause() instanceof SQLException refused
        && UNDEFINED_OBJECT.equals(refused.getSQLState());
  }

  /** PostgreSQL refuses to end one prepared transaction within another transaction. */
  private static void requireNoTransaction() {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      throw new IllegalStateException("a transaction is active");
    }
  }

  /**
   * Leaves room for the other participant. Transactions that are prepared here wait for its vote:
   * if they took all that the server allows, it could never give it.
   */
  private void requireRoom() {
    var room =
        jdbc.sql(ROOM).query((row, _) -> new Room(row.getInt("most"), row.getInt("held"))).single();
    if (room.most == 0) {
      throw new InvalidDataAccessResourceUsageException(
          "the server's max_prepared_transactions is below 3: two-phase commits need more");
    }
    if (room.held >= room.most) {
      throw new TransientDataAccessResourceException(
          "this database holds a third of the server's max_prepared_transactions: the others must"
              + " be decided first, or the setting raised");
    }
  }

  private record Room(int most, int held) {}

  private void limitLocks() {
    jdbc.sql("select set_config('lock_timeout', :limit, true)")
        .param("limit", lockTimeout.toMillis() + "ms")
        .query(String.class)
        .single();
  }

  private String quotedGid(long orderId) {
    return "'%s'".formatted(gid(orderId).replace("'", "''"));
  }

  private String gid(long orderId) {
    return prefix() + orderId;
  }

  /** Identifiers are unique among all databases of a server. */
  private String prefix() {
    var known = prefix;
    if (known == null) {
      known =
          "mall:%s:".formatted(jdbc.sql("select current_database()").query(String.class).single());
      prefix = known;
    }
    return known;
  }
}
