package dev.mall.gateway.limits;

import dev.mall.web.limits.LimitFilters;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.redisson.Redisson;
import org.redisson.api.RedissonClient;
import org.redisson.config.Config;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.web.servlet.HandlerExceptionResolver;

/** Counts requests before anything is done for them. */
@Configuration(proxyBeanMethods = false)
class RateConfiguration {

  private static final String TLS = "mall";
  private static final int AFTER_LIMITS = LimitFilters.ORDER + 3;

  /**
   * Connects with the first command, so that the gateway starts without Redis. {@code rediss://}
   * trusts the certificates of the SSL bundle {@code mall} if there is one, else the JVM's.
   */
  @Bean(destroyMethod = "shutdown")
  @ConditionalOnExpression("!'${mall.gateway.rates.redis-url:}'.isEmpty()")
  RedissonClient rateRedisson(RateProperties rates, SslBundles bundles) {
    int timeoutMillis = Math.toIntExact(rates.redisTimeout().toMillis());
    var config = new Config().setLazyInitialization(true).setThreads(2).setNettyThreads(2);
    if (bundles.getBundleNames().contains(TLS)) {
      config.setSslTrustManagerFactory(
          bundles.getBundle(TLS).getManagers().getTrustManagerFactory());
    }
    config
        .useSingleServer()
        .setAddress(rates.redisUrl())
        .setTimeout(timeoutMillis)
        .setConnectTimeout(timeoutMillis)
        .setRetryAttempts(0)
        .setConnectionMinimumIdleSize(1)
        .setConnectionPoolSize(16)
        .setSubscriptionConnectionMinimumIdleSize(0)
        .setSubscriptionConnectionPoolSize(1)
        .setPingConnectionInterval(5_000);
    return Redisson.create(config);
  }

  @Bean
  Rates rates(ObjectProvider<RedissonClient> redis, MeterRegistry meters) {
    return new Rates(
        Optional.ofNullable(redis.getIfAvailable()).map(RedisRates::new),
        new LocalRates(() -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime())),
        meters);
  }

  @Bean
  FilterRegistrationBean<RateLimitFilter> rateLimitFilter(
      RateProperties properties,
      Rates rates,
      JwtDecoder tokens,
      MeterRegistry meters,
      @Lazy @Qualifier("handlerExceptionResolver") HandlerExceptionResolver problems) {
    var registration =
        new FilterRegistrationBean<>(
            new RateLimitFilter(new LimitedRequests(properties, tokens), rates, meters, problems));
    registration.setOrder(AFTER_LIMITS);
    return registration;
  }
}
