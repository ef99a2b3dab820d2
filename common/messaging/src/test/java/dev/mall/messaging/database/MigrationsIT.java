package dev.mall.messaging.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import dev.mall.testing.TestDatabase;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.context.ConfigDataApplicationContextInitializer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Migrations under a service's settings, whose limits are made short. */
class MigrationsIT {

  private final TestDatabase database = TestDatabase.create("migrations");
  private final JdbcClient jdbc = JdbcClient.create(database.dataSource());

  private final ApplicationContextRunner service =
      new ApplicationContextRunner()
          .withInitializer(new ConfigDataApplicationContextInitializer())
          .withConfiguration(
              AutoConfigurations.of(
                  DataSourceAutoConfiguration.class,
                  MigrationsAutoConfiguration.class,
                  FlywayAutoConfiguration.class))
          .withSystemProperties("spring.config.location=classpath:mall-messaging.yml")
          .withPropertyValues(
              "spring.datasource.url=" + database.url(),
              "spring.datasource.username=" + database.name(),
              "spring.datasource.password=" + database.password(),
              "spring.datasource.hikari.data-source-properties.options=-c statement_timeout=500ms"
                  + " -c idle_in_transaction_session_timeout=500ms -c transaction_timeout=1s",
              "mall.migrations.lock-timeout=100ms");

  @Test
  void outlastTheLimitsOfThePool() {
    start("db/kit", "db/long");

    assertThat(exists("built")).isTrue();
  }

  @Test
  void areRetriedUntilTheyGetTheirLock() throws SQLException {
    start("db/kit");
    try (var reader = database.dataSource().getConnection()) {
      reader.setAutoCommit(false);
      reader.createStatement().execute("select * from outbox");

      var start = CompletableFuture.runAsync(() -> start("db/kit", "db/locked"));
      await().until(this::aMigrationWaits);
      await().until(() -> !aMigrationWaits());
      reader.commit();
      start.join();
    }

    assertThat(columns("outbox", "note")).isOne();
  }

  @Test
  void buildAnIndexAgainThatFailedHalfway() {
    start("db/kit");
    jdbc.sql("insert into lease values ('a', 'same', now()), ('b', 'same', now())").update();
    assertThat(catchThrowable(() -> start("db/kit", "db/index"))).isNotNull();
    assertThat(validIndexes()).isZero();
    jdbc.sql("delete from lease where name = 'b'").update();

    start("db/kit", "db/index");

    assertThat(validIndexes()).isOne();
  }

  @Test
  void ofASuccessorAreNoHindrance() {
    start("db/kit", "db/long", "db/successor");

    start("db/kit", "db/long");
    start("db/kit", "db/successor");

    assertThat(columns("outbox", "successor")).isOne();
  }

  /** Release 0.1.0 knows nothing but {@code out-of-order}. */
  @Test
  void ofASuccessorAreNoHindranceTo010() {
    start("db/kit", "db/long", "db/successor");

    var applied =
        Flyway.configure()
            .dataSource(database.dataSource())
            .outOfOrder(true)
            .locations("classpath:db/kit")
            .load()
            .migrate();

    assertThat(applied.migrationsExecuted).isZero();
  }

  private void start(String... locations) {
    service
        .withPropertyValues("spring.flyway.locations=" + String.join(",", locations))
        .run(context -> assertThat(context).hasNotFailed());
  }

  private boolean exists(String table) {
    return jdbc.sql("select to_regclass(?) is not null").param(table).query(Boolean.class).single();
  }

  private int columns(String table, String name) {
    return jdbc.sql(
            "select count(*) from information_schema.columns where table_name = ? and column_name = ?")
        .param(table)
        .param(name)
        .query(Integer.class)
        .single();
  }

  private int validIndexes() {
    return jdbc.sql(
            "select count(*) from pg_index where indexrelid = to_regclass('lease_holder') and indisvalid")
        .query(Integer.class)
        .single();
  }

  private boolean aMigrationWaits() {
    return jdbc.sql(
            "select exists (select from pg_stat_activity where datname = current_database()"
                + " and application_name = 'mall migrations' and wait_event_type = 'Lock')")
        .query(Boolean.class)
        .single();
  }
}
