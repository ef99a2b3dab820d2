package dev.mall.lab.locks.provider;

import dev.mall.lab.trial.Trial;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.redisson.api.RBucket;
import org.redisson.api.RedissonClient;
import org.redisson.client.codec.StringCodec;

/** A key that is there or not: no owner, no expiry. */
public final class SetNxLocks implements LockProvider {

  @Override
  public String name() {
    return "SET NX";
  }

  @Override
  public String description() {
    return "Redis: `SET NX` and `DEL`, with neither owner nor expiry";
  }

  /** It needs no renewal, since it never ends. */
  @Override
  public Set<Guarantee> claims() {
    return EnumSet.of(Guarantee.EXCLUSION, Guarantee.RENEWAL);
  }

  @Override
  public String brokenBy() {
    return "each crash blocks all for good; each repeated release frees another's lock";
  }

  @Override
  public String goodFor() {
    return "nothing";
  }

  @Override
  public LockService start(Trial trial) {
    var redis = trial.newRedis();
    return new RedisService(
        List.of(redis), (_, _) -> new Client(RedisClients.connect(trial, redis)));
  }

  private record Client(RedissonClient redisson) implements LockClient {

    @Override
    public Optional<Held> acquire(String lock, Duration wait) {
      var key = redisson.<String>getBucket(lock, StringCodec.INSTANCE);
      return key.setIfAbsent("locked") ? Optional.of(new HeldKey(key)) : Optional.empty();
    }

    @Override
    public Optional<Holder> holder(String lock) {
      return Optional.empty();
    }

    @Override
    public void crash() {
      redisson.shutdown();
    }
  }

  private record HeldKey(RBucket<String> key) implements LockClient.Held {

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
      key.delete();
    }
  }
}
