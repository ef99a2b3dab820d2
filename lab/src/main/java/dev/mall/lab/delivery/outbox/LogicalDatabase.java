package dev.mall.lab.delivery.outbox;

import dev.mall.embedded.PostgresServer;
import dev.mall.lab.trial.Trial;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.PGProperty;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A database whose log can be decoded.
 *
 * @param name also of its role, which may read the log, and of its slot
 */
record LogicalDatabase(PostgresServer server, String name) {

  static final String PUBLICATION = "outbox";

  /** A server of the trial's own: the shared one does not write all that decoding needs. */
  static PostgresServer startServer(Trial trial) {
    var server = trial.newPostgres();
    JdbcClient.create(server.adminDataSource("postgres"))
        .sql("alter system set wal_level = logical")
        .update();
    server.restart();
    return server;
  }

  /** Has an empty outbox and no slot. */
  static LogicalDatabase create(PostgresServer server, String name) {
    server.createDatabase(name);
    var database = new LogicalDatabase(server, name);
    database.admin().sql("alter role %s replication".formatted(name)).update();
    database.jdbc().sql(OutboxCursor.TABLE).update();
    database.jdbc().sql("create publication %s for table outbox".formatted(PUBLICATION)).update();
    return database;
  }

  DataSource connections() {
    return server.dataSource(name);
  }

  JdbcClient jdbc() {
    return JdbcClient.create(connections());
  }

  /** Statements of the superuser. */
  JdbcClient admin() {
    return JdbcClient.create(server.adminDataSource(name));
  }

  /** From here on, the server keeps the log for the slot's reader. */
  void createSlot() {
    jdbc()
        .sql("select pg_create_logical_replication_slot(?, 'pgoutput')")
        .param(name)
        .query(_ -> {});
  }

  Connection replicationConnection() throws SQLException {
    var settings = new Properties();
    PGProperty.USER.set(settings, name);
    PGProperty.PASSWORD.set(settings, server.password());
    PGProperty.REPLICATION.set(settings, "database");
    PGProperty.PREFER_QUERY_MODE.set(settings, "simple");
    PGProperty.ASSUME_MIN_SERVER_VERSION.set(settings, "18");
    return DriverManager.getConnection(server.jdbcUrl(name), settings);
  }
}
