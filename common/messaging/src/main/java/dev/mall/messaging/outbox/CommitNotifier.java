package dev.mall.messaging.outbox;

import dev.mall.runtime.BackgroundLoop;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends PostgreSQL notifications outside the transactions that they are about: the first one at
 * once, then at most one per channel every {@value #PAUSE_MILLIS} ms.
 *
 * <p>A transaction that notifies holds a lock of the whole server, all databases included, until
 * its commit is flushed. Here such a transaction holds nothing else and does not wait for the disk.
 *
 * @see <a
 *     href="https://github.com/postgres/postgres/blob/REL_18_STABLE/src/backend/commands/async.c">PreCommit_Notify</a>
 */
final class CommitNotifier {

  private static final Logger log = LoggerFactory.getLogger(CommitNotifier.class);

  private static final long PAUSE_MILLIS = 5;
  private static final long RECONNECT_MILLIS = 500;

  private final Connector connector;
  private final Set<String> pending = ConcurrentHashMap.newKeySet();
  private final Semaphore requests = new Semaphore(0);
  private final BackgroundLoop loop =
      new BackgroundLoop("commit-notifier", this::sendPending, this::disconnect);
  private volatile int backendPid;
  private volatile boolean reconnect;
  private @Nullable Connection connection;

  /** Opens a connection that belongs to the caller. */
  interface Connector {
    Connection connect() throws SQLException;
  }

  CommitNotifier(Connector connector) {
    this.connector = connector;
  }

  void start() {
    loop.start();
  }

  void stop() {
    loop.stop(Duration.ofMillis(RECONNECT_MILLIS), requests::release);
  }

  /**
   * Has the channel's listeners notified soon. Returns at once.
   *
   * @param channel a lower-case identifier
   */
  void request(String channel) {
    if (pending.add(channel)) {
      requests.release();
    }
  }

  /**
   * Has the next notification sent over a new connection. Until then the server process of the old
   * one is taken for no one's: a server that was restarted may give its number to another replica.
   */
  void reconnect() {
    reconnect = true;
    backendPid = 0;
  }

  /** The server process that notifies for this replica; zero if there is none. */
  int backendPid() {
    return backendPid;
  }

  private void sendPending() throws InterruptedException {
    requests.acquire();
    requests.drainPermits();
    var channels = Set.copyOf(pending);
    pending.removeAll(channels); // before they are sent: a commit after that asks once more
    try {
      send(channels);
      Thread.sleep(PAUSE_MILLIS);
    } catch (SQLException lost) {
      log.warn("Cannot notify other replicas of commits: {}. Trying again.", lost.getMessage());
      disconnect();
      Thread.sleep(RECONNECT_MILLIS);
      channels.forEach(this::request);
    }
  }

  private void send(Set<String> channels) throws SQLException {
    if (channels.isEmpty()) {
      return;
    }
    if (reconnect) {
      reconnect = false;
      disconnect();
    }
    if (connection == null) {
      connection = connector.connect();
      backendPid = connection.unwrap(PGConnection.class).getBackendPID();
    }
    try (var statement = connection.createStatement()) {
      statement.execute(
          channels.stream().map(channel -> "notify " + channel).collect(Collectors.joining(";")));
    }
  }

  private void disconnect() {
    var closing = connection;
    connection = null;
    try {
      if (closing != null) {
        closing.close();
      }
    } catch (SQLException alreadyLost) {
      log.debug("Closing a lost connection failed", alreadyLost);
    }
  }
}
