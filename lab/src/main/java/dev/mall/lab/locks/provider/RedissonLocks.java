package dev.mall.lab.locks.provider;

import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.redisson.api.RFencedLock;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** Redisson's fenced lock, which its watchdog renews. */
public final class RedissonLocks implements LockProvider {

  @Override
  public String name() {
    return "Redisson";
  }

  @Override
  public String description() {
    return "Redis: `RFencedLock`, acquired and released by scripts, renewed by a watchdog";
  }

  @Override
  public Set<Guarantee> claims() {
    return EnumSet.complementOf(EnumSet.of(Guarantee.SERVER_RESTART, Guarantee.SERVER_LOSS));
  }

  @Override
  public String brokenBy() {
    return "a pause beyond the lease, a failover, a restart, which also resets the tokens";
  }

  @Override
  public String goodFor() {
    return "saving duplicated work, where Redis is there anyway";
  }

  @Override
  public LockService start(Trial trial) {
    var redis = trial.newRedis();
    return new RedisService(
        List.of(redis), (_, lease) -> new Client(RedisClients.connect(trial, redis, lease)));
  }

  private record Client(RedissonClient redisson) implements LockClient {

    /** With a wait of zero: the method without one waits without limit in Redisson 4.7. */
    @Override
    public Optional<Held> acquire(String lock, Duration wait) {
      var fenced = redisson.getFencedLock(lock);
      var token = fenced.tryLockAndGetToken(wait.toMillis(), TimeUnit.MILLISECONDS);
      return token == null
          ? Optional.empty()
          : Optional.of(
              new HeldLock(
                  fenced,
                  redisson.getId() + ":" + Thread.currentThread().threadId(),
                  OptionalLong.of(token)));
    }

    /** Redisson keeps the owner as the field of a hash, and has no method that asks for it. */
    @Override
    public Optional<Holder> holder(String lock) {
      return redisson.<String, String>getMap(lock, StringCodec.INSTANCE).readAllKeySet().stream()
          .findAny()
          .map(owner ->
              new Holder(
                  owner,
                  Optional.of(Duration.ofMillis(redisson.getLock(lock).remainTimeToLive()))));
    }

    @Override
    public void crash() {
      redisson.shutdown();
    }
  }

  private record HeldLock(RFencedLock lock, String owner, OptionalLong token)
      implements LockClient.Held {

    @Override
    public void release() {
      if (lock.isHeldByCurrentThread()) {
        lock.unlock();
      }
    }
  }
}
