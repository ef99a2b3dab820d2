package dev.mall.embedded;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * Makes the services' databases.
 *
 * @param superuser connections to the server
 * @param password of the roles that it makes
 */
record PostgresDatabases(DataSource superuser, String password) {

  private static final Pattern NAME = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  void create(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException("no name for a database: " + name);
    }
    try (var admin = superuser.getConnection()) {
      if (isMissing(admin, "select 1 from pg_roles where rolname = ?", name)) {
        run(admin, "create role %s login password '%s'".formatted(name, password));
      }
      if (isMissing(admin, "select 1 from pg_database where datname = ?", name)) {
        run(admin, "create database %1$s owner %1$s".formatted(name));
      }
      run(admin, "revoke connect, temporary on database %s from public".formatted(name));
      run(admin, "revoke connect on database postgres, template1 from public");
    } catch (SQLException e) {
      throw new IllegalStateException("cannot make the database " + name, e);
    }
  }

  private static boolean isMissing(Connection admin, String query, String name)
      throws SQLException {
    try (var statement = admin.prepareStatement(query)) {
      statement.setString(1, name);
      try (var row = statement.executeQuery()) {
        return !row.next();
      }
    }
  }

  private static void run(Connection admin, String sql) throws SQLException {
    try (var statement = admin.createStatement()) {
      statement.execute(sql);
    }
  }
}
