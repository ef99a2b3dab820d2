package dev.mall.messaging.database;

import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.boot.flyway.autoconfigure.FlywayMigrationStrategy;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SimpleDriverDataSource;

/**
 * Runs schema migrations on connections of their own, without the pool's limits: an index build may
 * take an hour. Only the wait for a lock is limited, since every later statement on the table
 * queues behind it; a migration that does not get its lock is retried.
 *
 * <p>A migration that runs without a transaction must be repeatable, because it may fail or be
 * killed halfway.
 */
final class Migrations implements FlywayConfigurationCustomizer, FlywayMigrationStrategy {

  private static final Logger log = LoggerFactory.getLogger(Migrations.class);

  private static final String LOCK_NOT_AVAILABLE = "55P03";
  private static final String DEADLOCK_DETECTED = "40P01";
  private static final int LONGEST_PAUSE_MILLIS = 2000;

  private final DataSource connections;
  private final MigrationProperties properties;

  Migrations(JdbcConnectionDetails database, MigrationProperties properties) {
    this.connections = connections(database, properties);
    this.properties = properties;
  }

  private static DataSource connections(
      JdbcConnectionDetails database, MigrationProperties properties) {
    var settings = new Properties();
    settings.setProperty("user", orEmpty(database.getUsername()));
    settings.setProperty("password", orEmpty(database.getPassword()));
    settings.setProperty("ApplicationName", "mall migrations");
    settings.setProperty("connectTimeout", "3");
    settings.setProperty("tcpKeepAlive", "true");
    settings.setProperty(
        "options",
        "-c lock_timeout=%dms -c statement_timeout=0 -c transaction_timeout=0 -c idle_in_transaction_session_timeout=0"
            .formatted(properties.lockTimeout().toMillis()));
    return new SimpleDriverDataSource(new Driver(), database.getJdbcUrl(), settings);
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public void customize(FluentConfiguration flyway) {
    flyway.dataSource(connections);
  }

  @Override
  public void migrate(Flyway flyway) {
    for (var attempt = 1; !migrated(flyway, attempt); attempt++) {
      pause();
    }
  }

  private boolean migrated(Flyway flyway, int attempt) {
    try {
      forgetFailures(flyway.getConfiguration().getTable());
      flyway.migrate();
      return true;
    } catch (FlywayException failed) {
      if (attempt >= properties.lockAttempts() || !lacksLock(failed)) {
        throw failed;
      }
      log.warn(
          "A migration did not get its lock within {} ms (attempt {} of {}), retrying",
          properties.lockTimeout().toMillis(),
          attempt,
          properties.lockAttempts());
      return false;
    }
  }

  /** Flyway refuses to start after a failed migration, even one that is meant to be repeated. */
  private void forgetFailures(String history) {
    var jdbc = JdbcClient.create(connections);
    if (jdbc.sql("select to_regclass(?) is not null")
        .param(history)
        .query(Boolean.class)
        .single()) {
      jdbc.sql("delete from \"%s\" where not success".formatted(history)).update();
    }
  }

  private static boolean lacksLock(Throwable failed) {
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException refused
          && (LOCK_NOT_AVAILABLE.equals(refused.getSQLState())
              || DEADLOCK_DETECTED.equals(refused.getSQLState()))) {
        return true;
      }
    }
    return false;
  }

  private static void pause() {
    try {
      Thread.sleep(
          ThreadLocalRandom.current().nextInt(LONGEST_PAUSE_MILLIS / 4, LONGEST_PAUSE_MILLIS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted between two attempts to migrate", interrupted);
    }
  }
}
