package dev.mall.messaging;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.SmartLifecycle;

/**
 * Wakes who waits for a commit, whichever replica made it: one connection that listens to
 * PostgreSQL's notifications.
 *
 * <p>A wake-up may be missed while that connection is being made anew, so a waiter looks by itself
 * once in a while, too. After a reconnect everybody is woken once.
 */
public final class CommitSignals implements SmartLifecycle {

  private static final Logger log = LoggerFactory.getLogger(CommitSignals.class);

  private static final int LISTEN_MILLIS = 1000;
  private static final long RECONNECT_MILLIS = 500;

  private final JdbcConnectionDetails database;
  private final Map<String, List<Runnable>> subscribers = new ConcurrentHashMap<>();
  private volatile @Nullable Thread listener;

  CommitSignals(JdbcConnectionDetails database) {
    this.database = database;
  }

  /**
   * Runs {@code wakeUp} after every commit that notified {@code channel}. Subscribe before the
   * application has started.
   *
   * @param channel a lower-case identifier
   * @param wakeUp returns at once: it runs on the one listening thread
   */
  public void subscribe(String channel, Runnable wakeUp) {
    if (!channel.matches("[a-z_]+")) {
      throw new IllegalArgumentException("a channel is a lower-case identifier, not " + channel);
    }
    subscribers.computeIfAbsent(channel, _ -> new CopyOnWriteArrayList<>()).add(wakeUp);
  }

  private void listenUntilStopped() {
    while (isRunning()) {
      try (var connection = connect()) {
        subscribers.values().forEach(CommitSignals::wake);
        listen(connection);
      } catch (SQLException lost) {
        log.warn("Not told of commits: {}. Trying again.", lost.getMessage());
        pause();
      }
    }
  }

  private Connection connect() throws SQLException {
    var properties = new Properties();
    properties.setProperty("user", orEmpty(database.getUsername()));
    properties.setProperty("password", orEmpty(database.getPassword()));
    properties.setProperty("ApplicationName", "mall commit signals");
    properties.setProperty("connectTimeout", "3");
    properties.setProperty("socketTimeout", "10");
    properties.setProperty("tcpKeepAlive", "true");
    var connection = DriverManager.getConnection(database.getJdbcUrl(), properties);
    try (var statement = connection.createStatement()) {
      for (var channel : subscribers.keySet()) {
        statement.execute("listen " + channel);
      }
    }
    return connection;
  }

  private void listen(Connection connection) throws SQLException {
    var notifications = connection.unwrap(PGConnection.class);
    while (isRunning()) {
      var arrived = notifications.getNotifications(LISTEN_MILLIS);
      if (arrived == null || arrived.length == 0) {
        if (!connection.isValid(3)) { // a half-open connection would be silent for ever
          throw new SQLException("the connection is gone");
        }
        continue;
      }
      for (var notification : arrived) {
        wake(subscribers.getOrDefault(notification.getName(), List.of()));
      }
    }
  }

  private static void wake(List<Runnable> waiting) {
    waiting.forEach(Runnable::run);
  }

  private static String orEmpty(@Nullable String value) {
    return value == null ? "" : value;
  }

  private static void pause() {
    try {
      Thread.sleep(RECONNECT_MILLIS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void start() {
    listener =
        Thread.ofPlatform().daemon().name("commit-signals").unstarted(this::listenUntilStopped);
    listener.start();
  }

  @Override
  public void stop() {
    var running = listener;
    listener = null;
    if (running != null) {
      running.interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return listener != null;
  }

  /** Before whoever waits for its signals, after them when stopping. */
  @Override
  public int getPhase() {
    return OutboxRelay.PHASE - 1;
  }
}
