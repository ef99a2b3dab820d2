package dev.mall.locking;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.github.resilience4j.circuitbreaker.event.CircuitBreakerOnStateTransitionEvent;
import io.github.resilience4j.micrometer.tagged.TaggedCircuitBreakerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Gives a service {@link Locks}; its database needs the migrations in {@code db/locking}. */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
@ConditionalOnProperty("mall.locking.redis-url") // said by who locks; class paths may be shared
@EnableConfigurationProperties(LockingProperties.class)
class LockingAutoConfiguration {

  private static final Logger log = LoggerFactory.getLogger(LockingAutoConfiguration.class);

  private static final String TLS = "mall";
  private static final String NEXT_TOKEN = "select nextval('lock_fence')";

  /**
   * Connects with the first command, so that a service starts without Redis. {@code rediss://}
   * trusts the certificates of the SSL bundle {@code mall} if there is one, else the JVM's.
   */
  @Bean(destroyMethod = "shutdown")
  RedissonClient lockingRedisson(LockingProperties properties, SslBundles bundles) {
    int timeoutMillis = Math.toIntExact(properties.timeout().toMillis());
    var config = new Config().setLazyInitialization(true).setThreads(2).setNettyThreads(2);
    if (bundles.getBundleNames().contains(TLS)) {
      config.setSslTrustManagerFactory(
          bundles.getBundle(TLS).getManagers().getTrustManagerFactory());
    }
    config
        .useSingleServer()
        .setAddress(properties.redisUrl())
        .setTimeout(timeoutMillis)
        .setConnectTimeout(timeoutMillis)
        .setRetryAttempts(0)
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(8)
        .setSubscriptionConnectionMinimumIdleSize(1)
        .setSubscriptionConnectionPoolSize(1)
        .setPingConnectionInterval(5_000);
    return Redisson.create(config);
  }

  @Bean
  CircuitBreakerRegistry lockingBreakers(LockingProperties properties) {
    return CircuitBreakerRegistry.of(
        CircuitBreakerConfig.custom()
            .slidingWindow(10, 3, SlidingWindowType.COUNT_BASED)
            .failureRateThreshold(50)
            .permittedNumberOfCallsInHalfOpenState(2)
            .waitDurationInOpenState(properties.retryAfter())
            .build());
  }

  @Bean
  CircuitBreaker lockingBreaker(CircuitBreakerRegistry lockingBreakers) {
    var breaker = lockingBreakers.circuitBreaker("mall-lock");
    breaker.getEventPublisher().onStateTransition(LockingAutoConfiguration::logTransition);
    return breaker;
  }

  @Bean
  MeterBinder lockingBreakerMetrics(CircuitBreakerRegistry lockingBreakers) {
    return TaggedCircuitBreakerMetrics.ofCircuitBreakerRegistry(lockingBreakers);
  }

  @Bean
  Locks locks(
      RedissonClient lockingRedisson,
      CircuitBreaker lockingBreaker,
      LockingProperties properties,
      JdbcClient jdbc,
      MeterRegistry meters) {
    return new Locks(
        new RedisLeases(lockingRedisson, lockingBreaker),
        new ReleaseSignal(lockingRedisson),
        () -> jdbc.sql(NEXT_TOKEN).query(Long.class).single(),
        properties,
        new LockMetrics(meters),
        System::nanoTime);
  }

  @Bean
  LockingHealth locksHealthIndicator(Locks locks, CircuitBreaker lockingBreaker) {
    return new LockingHealth(locks, lockingBreaker);
  }

  private static void logTransition(CircuitBreakerOnStateTransitionEvent event) {
    switch (event.getStateTransition().getToState()) {
      case OPEN -> log.warn("Redis unavailable, continuing without locks");
      case CLOSED -> log.info("Redis available, locking again");
      default -> {}
    }
  }
}
