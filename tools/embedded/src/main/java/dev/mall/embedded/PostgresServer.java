package dev.mall.embedded;

import javax.sql.DataSource;

/** PostgreSQL with a role per database, each of which has the same {@link #password()}. */
public interface PostgresServer extends Server {

  String password();

  String jdbcUrl(String database);

  /** Unpooled connections of the role that owns the database. */
  DataSource dataSource(String database);

  /** Unpooled connections of the superuser. */
  DataSource adminDataSource(String database);

  /**
   * Makes a database and a role of the same name that owns it, where they are missing. No other
   * role may connect to it, but the superuser.
   *
   * @param name lower-case letters, digits and underscores
   */
  default void createDatabase(String name) {
    new PostgresDatabases(adminDataSource("postgres"), password()).create(name);
  }
}
