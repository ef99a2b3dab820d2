package dev.mall.messaging.database;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * The database's clock. It is asked once in a while; in between, the time that has passed is
 * measured by the clock of this machine that never jumps.
 */
public final class DatabaseClock {

  private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

  private static final Duration ASK_EVERY = Duration.ofSeconds(10);

  private final JdbcClient jdbc;
  private Sample sample;
  private long askedAt = System.nanoTime();

  /**
   * Asks for the first time.
   *
   * @throws DataAccessException if the database cannot be asked
   */
  public DatabaseClock(JdbcClient jdbc) {
    this.jdbc = jdbc;
    this.sample = ask();
  }

  private record Sample(Instant time, long nanos) {

    Instant now() {
      return time.plusNanos(System.nanoTime() - nanos);
    }
  }

  /** Never fails: while the database cannot be asked, what it said last goes on. */
  public synchronized Instant now() {
    if (System.nanoTime() - askedAt >= ASK_EVERY.toNanos()) {
      askAgain();
      askedAt = System.nanoTime();
    }
    return sample.now();
  }

  private void askAgain() {
    try {
      sample = ask();
    } catch (DataAccessException | TransactionException unreachable) {
      log.debug("The database cannot be asked for the time", unreachable);
    }
  }

  private Sample ask() {
    return jdbc.sql("select clock_timestamp()")
        .query((row, _) ->
            new Sample(row.getObject(1, OffsetDateTime.class).toInstant(), System.nanoTime()))
        .single();
  }
}
