package dev.mall.lab.locks.provider;

import dev.mall.embedded.RedisServer;
import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.redisson.RedissonRedLock;
import org.redisson.api.RLock;
import org.redisson.api.RedissonClient;

/** A majority of five Redis servers, by Redisson's implementation. */
public final class Redlock implements LockProvider {

  private static final int SERVERS = 5;

  @Override
  public String name() {
    return "Redlock";
  }

  @Override
  public String description() {
    return "five Redis servers: `RedissonRedLock`, deprecated by Redisson";
  }

  @Override
  public Set<Guarantee> claims() {
    return EnumSet.complementOf(
        EnumSet.of(Guarantee.NAMED_OWNER, Guarantee.REMAINING_LEASE, Guarantee.FENCING));
  }

  @Override
  public String brokenBy() {
    return "a pause beyond the lease, [one clock that jumps](redlock-clock-jump.md)";
  }

  @Override
  public String goodFor() {
    return "no use: neither as simple as one Redis nor as safe as consensus";
  }

  @Override
  public LockService start(Trial trial) {
    var servers = startServers(trial);
    return new RedisService(servers, (_, lease) -> connect(trial, servers, lease));
  }

  /** Five servers that end with the trial. */
  public static List<RedisServer> startServers(Trial trial) {
    return Stream.generate(trial::newRedis).limit(SERVERS).toList();
  }

  public static Client connect(Trial trial, List<RedisServer> servers) {
    return connect(trial, servers, RedisClients.RENEWED_LEASE);
  }

  private static Client connect(Trial trial, List<RedisServer> servers, Duration renewedLease) {
    return new Client(
        servers.stream().map(server -> RedisClients.connect(trial, server, renewedLease)).toList());
  }

  /** A process with a connection to each server. */
  public record Client(List<RedissonClient> connections) implements LockClient {

    /** Tries once, for a lease that is not renewed. */
    public boolean tryLock(String lock, Duration lease) throws InterruptedException {
      return majority(lock).tryLock(-1, lease.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Optional<Held> acquire(String lock, Duration wait) throws InterruptedException {
      var majority = majority(lock);
      boolean acquired =
          wait.isZero()
              ? majority.tryLock()
              : majority.tryLock(wait.toMillis(), TimeUnit.MILLISECONDS);
      return acquired ? Optional.of(new HeldMajority(majority)) : Optional.empty();
    }

    /** Each server has a key of its own, and none knows whether it is part of a majority. */
    @Override
    public Optional<Holder> holder(String lock) {
      return Optional.empty();
    }

    @Override
    public void crash() {
      connections.forEach(RedissonClient::shutdown);
    }

    @SuppressWarnings("deprecation") // since 3.12.5, in favour of a single Redis
    private RLock majority(String lock) {
      return new RedissonRedLock(
          connections.stream().map(connection -> connection.getLock(lock)).toArray(RLock[]::new));
    }
  }

  private record HeldMajority(RLock majority) implements LockClient.Held {

    @Override
    public String owner() {
      return "unknown";
    }

    @Override
    public OptionalLong token() {
      return OptionalLong.empty();
    }

    @Override
    public void release() {
      majority.unlock();
    }
  }
}
