package dev.mall.messaging.database;

import dev.mall.messaging.outbox.relay.OutboxRelay;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionException;

/**
 * The database's clock, sampled every ten seconds; in between, the elapsed time is measured by this
 * machine's monotonic clock. The first sample is taken when the context starts, since the context
 * of a service is also made where there is no database: by the training run of its image.
 */
public final class DatabaseClock implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(DatabaseClock.class);

  private static final Duration SAMPLE_EVERY = Duration.ofSeconds(10);

  private final JdbcClient jdbc;
  private @Nullable Sample sample;
  private long sampledAt;

  DatabaseClock(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private record Sample(Instant time, long nanos) {

    Instant now() {
      return time.plusNanos(System.nanoTime() - nanos);
    }
  }

  /**
   * Takes the first sample.
   *
   * @throws DataAccessException if the database is unavailable; the service does not start
   */
  @Override
  public synchronized void start() {
    sample = sample();
    sampledAt = System.nanoTime();
  }

  @Override
  public void stop() {} // consumers that end later still read it

  @Override
  public synchronized boolean isRunning() {
    return sample != null;
  }

  /** Before everything that reads messages. */
  @Override
  public int getPhase() {
    return OutboxRelay.PHASE - 1;
  }

  /**
   * Never fails: while the database is unavailable, the last sample is extrapolated.
   *
   * @throws IllegalStateException before the context started
   */
  public synchronized Instant now() {
    if (sample == null) {
      throw new IllegalStateException("the database's clock is read before it is started");
    }
    if (System.nanoTime() - sampledAt >= SAMPLE_EVERY.toNanos()) {
      sampleAgain();
      sampledAt = System.nanoTime();
    }
    return sample.now();
  }

  private synchronized void sampleAgain() {
    try {
      sample = sample();
    } catch (DataAccessException | TransactionException unavailable) {
      log.debug("The database's clock cannot be read", unavailable);
    }
  }

  private Sample sample() {
    return jdbc.sql("select clock_timestamp()")
        .query((row, _) ->
            new Sample(row.getObject(1, OffsetDateTime.class).toInstant(), System.nanoTime()))
        .single();
  }
}
