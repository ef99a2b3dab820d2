package dev.mall.lab.partitions;

import dev.mall.embedded.RedisServer;
import dev.mall.lab.consensus.cluster.NetworkLink;
import dev.mall.lab.trial.Trial;
import java.net.URI;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * A value on three Redis servers that do not know each other: the client writes to all and waits
 * for W of them, and reads from R and takes the newest version.
 */
final class QuorumStore {

  private static final String KEY = "price";

  private final List<NetworkLink> links = new ArrayList<>();
  private final int writeQuorum;
  private final int readQuorum;

  /**
   * @param servers N
   * @param writeQuorum W
   * @param readQuorum R
   */
  QuorumStore(Trial trial, int servers, int writeQuorum, int readQuorum) {
    this.writeQuorum = writeQuorum;
    this.readQuorum = readQuorum;
    for (int i = 0; i < servers; i++) {
      links.add(trial.opened(new NetworkLink(port(trial.newRedis()))));
    }
  }

  private record Versioned(long version, String value) {

    static Versioned parse(String text) {
      var parts = text.split(" ", 2);
      return new Versioned(Long.parseLong(parts[0]), parts[1]);
    }

    @Override
    public String toString() {
      return version + " " + value;
    }
  }

  /** Whether W servers have it. The others miss it; nothing brings it to them later. */
  boolean write(long version, String value) {
    int written = 0;
    for (var link : links) {
      try (var redis = connect(link)) {
        redis.set(KEY, new Versioned(version, value).toString());
        written++;
      } catch (JedisConnectionException _) {
        // a server that is not reached does not count
      }
    }
    return written >= writeQuorum;
  }

  /**
   * Reads from the last servers first.
   *
   * @return empty if fewer than R answered
   */
  Optional<String> read() {
    var answers = new ArrayList<Versioned>();
    for (var link : links.reversed()) {
      try (var redis = connect(link)) {
        answers.add(Versioned.parse(redis.get(KEY)));
      } catch (JedisConnectionException _) {
        // a server that is not reached does not count
      }
      if (answers.size() == readQuorum) {
        return answers.stream()
            .max(Comparator.comparingLong(Versioned::version))
            .map(Versioned::value);
      }
    }
    return Optional.empty();
  }

  /** From the clients. */
  void cutOff(int server) {
    links.get(server - 1).cut();
  }

  void reconnect(int server) {
    links.get(server - 1).mend();
  }

  private static Jedis connect(NetworkLink link) {
    return new Jedis("127.0.0.1", link.port());
  }

  private static int port(RedisServer redis) {
    return URI.create(redis.url()).getPort();
  }
}
