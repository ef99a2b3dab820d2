package dev.mall.messaging.outbox;

import dev.mall.messaging.outbox.relay.OutboxRelay;
import dev.mall.runtime.BackgroundLoop;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Wakes up local threads after a commit of any replica.
 *
 * <p>This replica's subscribers are called by the thread that committed; other replicas get a
 * notification of PostgreSQL, sent after the commit. Either may be lost (a crash in between, a
 * connection being restored), so a subscriber polls as well. After each reconnect all subscribers
 * are woken once.
 */
public final class CommitNotifications implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(CommitNotifications.class);

  private static final int LISTEN_MILLIS = 1000;

  /** Silent waits after which the connection is checked. */
  private static final int CHECKED_AFTER = 5;

  private static final long RECONNECT_MILLIS = 500;

  private final JdbcConnectionDetails database;
  private final Map<String, List<Subscriber>> subscribers = new ConcurrentHashMap<>();
  private final CommitNotifier notifier = new CommitNotifier(this::connect);
  private final BackgroundLoop listener = new BackgroundLoop("commit-notifications", this::listen);

  public CommitNotifications(JdbcConnectionDetails database) {
    this.database = database;
  }

  private record Subscriber(Runnable wakeUp, BooleanSupplier suffices) {}

  /**
   * Runs {@code wakeUp} after every commit that signalled {@code channel}, on whichever replica.
   * Subscribe before the application has started.
   *
   * @param channel a lower-case identifier
   * @param wakeUp returns at once: it runs on the committing thread or on the one listening thread
   */
  public void subscribe(String channel, Runnable wakeUp) {
    subscribe(channel, wakeUp, () -> false);
  }

  /**
   * As above, for work that one replica does for all.
   *
   * @param suffices whether this replica does it at present, so that no other needs to be notified
   */
  public void subscribe(String channel, Runnable wakeUp, BooleanSupplier suffices) {
    if (!channel.matches("[a-z_]{1,63}")) {
      throw new IllegalArgumentException("a channel is a lower-case identifier, not " + channel);
    }
    subscribers
        .computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>())
        .add(new Subscriber(wakeUp, suffices));
  }

  /**
   * Notifies {@code channel} once the current transaction has committed; not at all if it rolls
   * back.
   *
   * @throws IllegalStateException outside a transaction
   */
  public void afterCommit(String channel) {
    TransactionSynchronizationManager.registerSynchronization(new AfterCommit(this, channel));
  }

  /**
   * Has the other replicas notified of what has committed; this one's subscribers are not called.
   * Returns at once.
   */
  public void notifyOthers(String channel) {
    notifier.request(channel);
  }

  /** A record, because a transaction keeps only one of several equal synchronizations. */
  private record AfterCommit(CommitNotifications notifications, String channel)
      implements TransactionSynchronization {
    @Override
    public void afterCommit() {
      notifications.committed(channel);
    }
  }

  /** Wakes this replica's subscribers, and has the others notified if those do not suffice. */
  void committed(String channel) {
    var local = subscribers.getOrDefault(channel, List.of());
    wake(local);
    if (local.stream().noneMatch(subscriber -> subscriber.suffices().getAsBoolean())) {
      notifier.request(channel);
    }
  }

  private void listen() throws InterruptedException {
    try (var connection = connect()) {
      listen(connection);
    } catch (SQLException lost) {
      log.warn("Cannot listen for commits: {}. Trying again.", lost.getMessage());
      Thread.sleep(RECONNECT_MILLIS);
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", orEmpty(database.getUsername()));
    properties.setProperty("password", orEmpty(database.getPassword()));
    properties.setProperty("ApplicationName", "mall commit signals");
    properties.setProperty("options", "-c synchronous_commit=off -c statement_timeout=5s");
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    return DriverManager.getConnection(database.getJdbcUrl(), properties);
  }

  private void listen(Connection connection) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (var channel : subscribers.keySet()) {
        statement.execute("listen " + channel);
      }
    }
    notifier.reconnect(); // its connection was lost, too, if the server was restarted
    subscribers.values().forEach(CommitNotifications::wake);
    var notifications = connection.unwrap(PGConnection.class);
    int silent = 0;
    while (isRunning()) {
      var arrived = notifications.getNotifications(LISTEN_MILLIS);
      if (arrived == null || arrived.length == 0) {
        silent++;
        // a half-open connection would stay silent indefinitely
        if (silent % CHECKED_AFTER == 0 && !connection.isValid(3)) {
          throw new SQLException("the connection is lost");
        }
        continue;
      }
      silent = 0;
      for (var notification : arrived) {
        received(notification);
      }
    }
  }

  /** Subscribers of this replica were woken by the commit itself. */
  private void received(PGNotification notification) {
    if (notification.getPID() != notifier.backendPid()) {
      wake(subscribers.getOrDefault(notification.getName(), List.of()));
    }
  }

  private static void wake(List<Subscriber> waiting) {
    waiting.forEach(subscriber -> subscriber.wakeUp().run());
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  @Override
  public void start() {
    listener.start();
    notifier.start();
  }

  @Override
  public void stop() {
    listener.stop(Duration.ZERO);
    notifier.stop();
  }

  @Override
  public boolean isRunning() {
    return listener.isRunning();
  }

  /** Starts before its subscribers, and stops after them. */
  @Override
  public int getPhase() {
    return OutboxRelay.PHASE - 1;
  }
}
