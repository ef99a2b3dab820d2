package dev.mall.lab.locks.provider;

import dev.mall.embedded.PostgresServer;
import dev.mall.lab.trial.Trial;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/** Advisory locks of PostgreSQL, which end with the session. */
public final class AdvisoryLocks implements LockProvider {

  private static final String DATABASE = "locks";
  private static final String LOCK_TIMEOUT = "55P03";

  @Override
  public String name() {
    return "advisory";
  }

  @Override
  public String description() {
    return "PostgreSQL: `pg_advisory_lock`, held by a session";
  }

  @Override
  public Set<Guarantee> claims() {
    return EnumSet.complementOf(
        EnumSet.of(
            Guarantee.REMAINING_LEASE,
            Guarantee.FENCING,
            Guarantee.SERVER_RESTART,
            Guarantee.SERVER_LOSS));
  }

  @Override
  public String brokenBy() {
    return "a connection that breaks unnoticed, a pooler that shares sessions, a failover";
  }

  @Override
  public String goodFor() {
    return "work inside the database that is locked; `pg_advisory_xact_lock` ends with its transaction";
  }

  @Override
  public LockService start(Trial trial) {
    var postgres = trial.newPostgres();
    postgres.createDatabase(DATABASE);
    return new Service(trial, postgres);
  }

  private record Service(Trial trial, PostgresServer postgres) implements LockService {

    @Override
    public LockClient connect(String process, Duration lease) throws SQLException {
      var session = trial.opened(postgres.dataSource(DATABASE).getConnection());
      try (var name = session.prepareStatement("select set_config('application_name', ?, false)")) {
        name.setString(1, process);
        name.execute();
      }
      return new Client(process, session);
    }

    /** There are no leases: a session lasts as long as its connection. */
    @Override
    public void pass(Duration time) {}

    @Override
    public void restartServer() {
      postgres.restart();
    }

    @Override
    public void loseServer() {
      postgres.stop();
    }
  }

  private record Client(String process, Connection session) implements LockClient {

    @Override
    public Optional<Held> acquire(String lock, Duration wait) throws SQLException {
      boolean acquired = wait.isZero() ? tryOnce(lock) : waitFor(lock, wait);
      return acquired ? Optional.of(new HeldLock(process, session, lock)) : Optional.empty();
    }

    private boolean tryOnce(String lock) throws SQLException {
      try (var query = query(session, "select pg_try_advisory_lock(hashtextextended(?, 0))", lock);
          var row = query.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }

    private boolean waitFor(String lock, Duration wait) throws SQLException {
      try (var limit = session.prepareStatement("select set_config('lock_timeout', ?, false)")) {
        limit.setString(1, Long.toString(wait.toMillis()));
        limit.execute();
      }
      try (var query = query(session, "select pg_advisory_lock(hashtextextended(?, 0))", lock)) {
        query.execute();
        return true;
      } catch (SQLException e) {
        if (LOCK_TIMEOUT.equals(e.getSQLState())) {
          return false;
        }
        throw e;
      }
    }

    @Override
    public Optional<Holder> holder(String lock) throws SQLException {
      try (var query =
              query(
                  session,
                  """
                  select application_name
                  from pg_locks join pg_stat_activity using (pid)
                  where locktype = 'advisory' and granted
                    and (classid::bigint << 32 | objid::bigint) = hashtextextended(?, 0)
                  """,
                  lock);
          var row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Holder(row.getString(1), Optional.empty()))
            : Optional.empty();
      }
    }

    /** The connection ends without a message to the server. */
    @Override
    public void crash() throws SQLException {
      session.abort(Runnable::run);
    }
  }

  private record HeldLock(String owner, Connection session, String lock)
      implements LockClient.Held {

    @Override
    public OptionalLong token() {
      return OptionalLong.empty();
    }

    /** PostgreSQL answers false, and warns, if this session does not hold it. */
    @Override
    public void release() throws SQLException {
      try (var query = query(session, "select pg_advisory_unlock(hashtextextended(?, 0))", lock)) {
        query.execute();
      }
    }
  }

  private static PreparedStatement query(Connection session, String sql, String lock)
      throws SQLException {
    var query = session.prepareStatement(sql);
    query.setString(1, lock);
    return query;
  }
}
