package dev.mall.lab.locks.provider;

import dev.mall.embedded.PostgresServer;
import dev.mall.lab.trial.Trial;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import net.javacrumbs.shedlock.core.LockConfiguration;
import net.javacrumbs.shedlock.core.SimpleLock;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider;
import net.javacrumbs.shedlock.provider.jdbctemplate.JdbcTemplateLockProvider.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** A row with the time until which it is locked, by ShedLock. */
public final class ShedLocks implements LockProvider {

  /** ShedLock's own form for PostgreSQL. */
  public static final String TABLE =
      """
      create table shedlock (
        name varchar(64) primary key,
        lock_until timestamp not null,
        locked_at timestamp not null,
        locked_by varchar(255) not null)
      """;

  private static final String DATABASE = "locks";

  @Override
  public String name() {
    return "ShedLock";
  }

  @Override
  public String description() {
    return "PostgreSQL: ShedLock's table with an expiry, on the clock of the database";
  }

  @Override
  public Set<Guarantee> claims() {
    return EnumSet.of(
        Guarantee.EXCLUSION,
        Guarantee.FREE_AFTER_CRASH,
        Guarantee.OWNER_RELEASES,
        Guarantee.NAMED_OWNER,
        Guarantee.REMAINING_LEASE,
        Guarantee.SERVER_RESTART);
  }

  @Override
  public String brokenBy() {
    return "work beyond the lease, and [a clock that is ahead](clock-ahead.md) unless the database's is used";
  }

  @Override
  public String goodFor() {
    return "scheduled jobs that may be skipped while another replica runs them";
  }

  @Override
  public LockService start(Trial trial) throws SQLException {
    var postgres = trial.newPostgres();
    postgres.createDatabase(DATABASE);
    var database = postgres.dataSource(DATABASE);
    new JdbcTemplate(database).execute(TABLE);
    return new Service(trial, postgres, database);
  }

  private record Service(Trial trial, PostgresServer postgres, DataSource database)
      implements LockService {

    /** With one connection, as a pool would lend it. */
    @Override
    public LockClient connect(String process, Duration lease) throws SQLException {
      var connection = trial.opened(database.getConnection());
      var jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
      var provider =
          new JdbcTemplateLockProvider(
              Configuration.builder()
                  .withJdbcTemplate(jdbc)
                  .withLockedByValue(process)
                  .usingDbTime()
                  .build());
      return new Client(process, lease, jdbc, provider);
    }

    @Override
    public void pass(Duration time) {
      new JdbcTemplate(database)
          .update(
              "update shedlock set lock_until = lock_until - make_interval(secs => ?)",
              time.toMillis() / 1000.0);
    }

    @Override
    public void restartServer() {
      postgres.restart();
    }

    @Override
    public void loseServer() {
      postgres.stop();
    }
  }

  private record Client(
      String process, Duration lease, JdbcTemplate jdbc, JdbcTemplateLockProvider provider)
      implements LockClient {

    /** It does not wait. */
    @Override
    public Optional<Held> acquire(String lock, Duration wait) {
      return provider
          .lock(new LockConfiguration(Instant.now(), lock, lease, Duration.ZERO))
          .map(acquired -> new HeldRow(process, acquired, new AtomicBoolean()));
    }

    @Override
    public Optional<Holder> holder(String lock) {
      return jdbc
          .query(
              """
              select locked_by,
                extract(epoch from lock_until - timezone('utc', current_timestamp)) as seconds
              from shedlock
              where name = ? and lock_until > timezone('utc', current_timestamp)
              """,
              (row, _) ->
                  new Holder(
                      row.getString(1),
                      Optional.of(Duration.ofMillis(Math.round(row.getDouble(2) * 1000)))),
              lock)
          .stream()
          .findAny();
    }

    /** Nothing on the server depends on its connection. */
    @Override
    public void crash() {}
  }

  /**
   * @param released ShedLock refuses to release twice
   */
  private record HeldRow(String owner, SimpleLock lock, AtomicBoolean released)
      implements LockClient.Held {

    @Override
    public OptionalLong token() {
      return OptionalLong.empty();
    }

    @Override
    public void release() {
      if (released.compareAndSet(false, true)) {
        lock.unlock();
      }
    }
  }
}
