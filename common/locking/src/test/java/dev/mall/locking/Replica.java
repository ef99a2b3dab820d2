package dev.mall.locking;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.redisson.api.RedissonClient;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;

/** A process that locks, with its own connections to Redis. */
final class Replica implements AutoCloseable {

  final RedissonClient redisson;
  final CircuitBreaker breaker;
  final RedisLeases leases;
  final ReleaseSignal released;
  final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  final Locks locks;

  Replica(LockingProperties properties, LongSupplier tokens) {
    this(properties, tokens, System::nanoTime);
  }

  Replica(LockingProperties properties, LongSupplier tokens, LongSupplier nanoClock) {
    var configuration = new LockingAutoConfiguration();
    redisson = configuration.lockingRedisson(properties, new DefaultSslBundleRegistry());
    var breakers = configuration.lockingBreakers(properties);
    breaker = configuration.lockingBreaker(breakers);
    configuration.lockingBreakerMetrics(breakers).bindTo(meters);
    leases = new RedisLeases(redisson, breaker);
    released = new ReleaseSignal(redisson);
    locks = new Locks(leases, released, tokens, properties, new LockMetrics(meters), nanoClock);
  }

  /** Patient with a slow machine: only a dead Redis is unavailable. */
  static LockingProperties properties(String url, Duration lease) {
    return new LockingProperties(
        url,
        lease,
        Duration.ofMillis(200),
        Duration.ofSeconds(2),
        Duration.ofMillis(50),
        Duration.ofMillis(200));
  }

  /** The token that work under these locks is given now. */
  OptionalLong token(String... names) {
    var token = new AtomicReference<OptionalLong>();
    locks.withLock(Set.of(names), token::set);
    return token.get();
  }

  double count(String outcome) {
    return meters.get("mall.lock." + outcome).counter().count();
  }

  /** As the metric of the state says. */
  boolean isBreakerOpen() {
    var state = meters.get("resilience4j.circuitbreaker.state").tag("name", "mall-lock");
    return state.tag("state", "open").gauge().value() == 1;
  }

  @Override
  public void close() {
    redisson.shutdown(0, 1, TimeUnit.SECONDS);
  }
}
