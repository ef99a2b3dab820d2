package dev.mall.messaging;

import dev.mall.testing.TestDatabase;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Commit signals of a test database. */
final class Signals {

  private Signals() {}

  static CommitSignals of(TestDatabase database) {
    return new CommitSignals(
        new JdbcConnectionDetails() {
          @Override
          public String getUsername() {
            return database.name();
          }

          @Override
          public String getPassword() {
            return database.password();
          }

          @Override
          public String getJdbcUrl() {
            return database.url();
          }
        });
  }
}
