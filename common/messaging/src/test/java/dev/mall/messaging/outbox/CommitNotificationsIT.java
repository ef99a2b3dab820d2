package dev.mall.messaging.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.mall.testing.Infrastructure;
import dev.mall.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Two replicas and a bystander that listens as release 0.1.0 does, on one database. */
class CommitNotificationsIT {

  private static final String CHANNEL = "orders";

  private final TestDatabase database = TestDatabase.create("notifications");
  private final HikariDataSource pool = new HikariDataSource();
  private final TransactionTemplate transaction =
      new TransactionTemplate(new JdbcTransactionManager(pool));
  private final List<CommitNotifications> started = new ArrayList<>();
  private final AtomicBoolean leading = new AtomicBoolean();
  private final AtomicInteger own = new AtomicInteger();
  private final AtomicInteger others = new AtomicInteger();
  private CommitNotifications replica;
  private Connection bystander;

  @BeforeEach
  void start() throws SQLException {
    pool.setDataSource(Infrastructure.postgres().dataSource(database.name()));
    replica = replica(own, leading);
    replica(others, new AtomicBoolean());
    bystander = pool.getDataSource().getConnection();
    bystander.createStatement().execute("listen " + CHANNEL);
    await().until(() -> own.get() == 1 && others.get() == 1); // both listen by now
  }

  @AfterEach
  void stop() throws SQLException {
    started.forEach(CommitNotifications::stop);
    bystander.close();
    pool.close();
  }

  @Test
  void wakesThisReplicaWithinTheCommittingThread() {
    commit();

    assertThat(own).hasValue(2);
  }

  @Test
  void wakesOtherReplicasAndThoseOfTheReleaseBefore() {
    commit();

    await().untilAtomic(others, count -> assertThat(count).isEqualTo(2));
    await().until(() -> notified() == 1);
    assertThat(own).as("its own notification is no news").hasValue(2);
  }

  @Test
  void sparesTheDatabaseANotificationThatNoOtherReplicaNeeds() throws SQLException {
    leading.set(true);
    commit();
    leading.set(false);
    transaction.executeWithoutResult(_ -> replica.afterCommit("other_channel"));
    commit();

    await().until(() -> notified() > 0);
    assertThat(own).hasValue(3);
    assertThat(others).as("only of the last commit").hasValue(2);
  }

  @Test
  void saysNothingOfATransactionThatRolledBack() {
    transaction.executeWithoutResult(status -> {
      replica.afterCommit(CHANNEL);
      status.setRollbackOnly();
    });

    assertThat(own).hasValue(1);
  }

  @Test
  void signalsOnceHoweverOftenATransactionAsks() {
    transaction.executeWithoutResult(_ -> {
      replica.afterCommit(CHANNEL);
      replica.afterCommit(CHANNEL);
    });

    assertThat(own).hasValue(2);
  }

  @Test
  void needsATransaction() {
    assertThatThrownBy(() -> replica.afterCommit(CHANNEL))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void sendsFewerNotificationsThanThereAreCommits() throws SQLException {
    for (int i = 0; i < 500; i++) {
      commit();
    }

    assertThat(own).hasValue(501);
    await().until(() -> others.get() > 1);
    assertThat(notified()).isBetween(1, 400);
  }

  @Test
  void isWokenByACommitOfTheReleaseBefore() {
    transaction.executeWithoutResult(_ ->
        JdbcClient.create(pool).sql("select pg_notify('orders', '')").query((_, _) -> 0).list());

    await().until(() -> own.get() == 2 && others.get() == 2);
  }

  @Test
  void goesOnAfterItsConnectionsWereLost() {
    commit();
    await().until(() -> others.get() == 2);

    JdbcClient.create(pool)
        .sql(
            """
            select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'mall commit signals' and datname = current_database()
            """)
        .query((_, _) -> 0)
        .list();
    int before = others.get();

    await().until(() -> others.get() > before); // woken once after the reconnect
    int reconnected = others.get();
    commit();
    await().until(() -> others.get() > reconnected);
  }

  private void commit() {
    transaction.executeWithoutResult(_ -> replica.afterCommit(CHANNEL));
  }

  private int notified() throws SQLException {
    var notifications = bystander.unwrap(PGConnection.class).getNotifications(100);
    return notifications == null ? 0 : notifications.length;
  }

  private CommitNotifications replica(AtomicInteger wakeUps, AtomicBoolean leads) {
    var notifications = new CommitNotifications(connectionDetails());
    notifications.subscribe(CHANNEL, wakeUps::incrementAndGet, leads::get);
    notifications.start();
    started.add(notifications);
    return notifications;
  }

  private JdbcConnectionDetails connectionDetails() {
    return new JdbcConnectionDetails() {
      @Override
      public String getUsername() {
        return database.name();
      }

      @Override
      public @Nullable String getPassword() {
        return database.password();
      }

      @Override
      public String getJdbcUrl() {
        return database.url();
      }
    };
  }
}
