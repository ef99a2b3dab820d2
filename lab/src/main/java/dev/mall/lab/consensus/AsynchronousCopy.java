package dev.mall.lab.consensus;

import dev.mall.embedded.EmbeddedRedis;
import dev.mall.embedded.Place;
import dev.mall.embedded.process.Waiting;
import dev.mall.lab.consensus.cluster.NetworkLink;
import dev.mall.lab.consensus.cluster.StoreClient.Found;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.params.SetParams;

/**
 * Redis with a replica. Server 1 answers before it sends a write to server 2; server 3 has no data
 * and decides when server 2 takes over, as a sentinel does.
 */
final class AsynchronousCopy implements ThreeServers {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final EmbeddedRedis first;
  private final Jedis toFirst;
  private final Jedis toSecond;
  private final EmbeddedRedis second;
  private final NetworkLink link;

  AsynchronousCopy(Trial trial) {
    first = started(trial);
    second = started(trial);
    link = trial.opened(new NetworkLink(first.port()));
    toFirst = trial.opened(new Jedis("127.0.0.1", first.port()));
    toSecond = trial.opened(new Jedis("127.0.0.1", second.port()));
    follow(toSecond, link.port());
  }

  /** A replica copies at once, instead of waiting for others that may want to copy, too. */
  private static EmbeddedRedis started(Trial trial) {
    var redis =
        trial.opened(
            new EmbeddedRedis(Place.temporary(), List.of("--repl-diskless-sync-delay", "0")));
    redis.start();
    return redis;
  }

  @Override
  public boolean put(String key, String value) {
    return "OK".equals(toFirst.set(key, value));
  }

  @Override
  public Optional<Boolean> putIfAbsent(int server, String key, String value) {
    return Optional.of("OK".equals(redis(server).set(key, value, SetParams.setParams().nx())));
  }

  @Override
  public Optional<Found> get(int server, String key) {
    return Optional.of(new Found(Optional.ofNullable(redis(server).get(key))));
  }

  @Override
  public void awaitCopied() {
    await("the replica has all", () -> toFirst.waitReplicas(1, 0) == 1);
  }

  @Override
  public void isolate(int server) {
    link.cut();
  }

  /** Server 1, which could send what is missing, has ended. */
  @Override
  public void reconnect() {}

  @Override
  public void killFirst() {
    first.kill();
  }

  @Override
  public void takeOver() {
    toSecond.replicaofNoOne();
  }

  /** A replica deletes what its primary does not have. */
  @Override
  public void rejoinFirst() {
    follow(toFirst, second.port());
  }

  private Jedis redis(int server) {
    return server == 1 ? toFirst : toSecond;
  }

  private static void follow(Jedis replica, int port) {
    replica.replicaof("127.0.0.1", port);
    await(
        "the replica is connected",
        () -> replica.info("replication").contains("master_link_status:up"));
  }

  private static void await(String condition, BooleanSupplier isTrue) {
    if (!Waiting.until(PATIENCE, isTrue)) {
      throw new IllegalStateException("it did not come true that " + condition);
    }
  }
}
