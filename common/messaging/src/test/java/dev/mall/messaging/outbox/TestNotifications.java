package dev.mall.messaging.outbox;

import dev.mall.testing.TestDatabase;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;

/** Commit notifications of a test database. */
public final class TestNotifications {

  private TestNotifications() {}

  public static CommitNotifications of(TestDatabase database) {
    return new CommitNotifications(
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
