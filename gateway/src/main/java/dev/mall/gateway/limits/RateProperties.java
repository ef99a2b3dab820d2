package dev.mall.gateway.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often clients may send requests.
 *
 * @param redisUrl of the Redis that replicas share; empty: each replica counts for itself
 * @param redisTimeout longest time that a request waits for it; then the replica counts for itself
 * @param addressBurst API requests at once from one address
 * @param addressPer one more after this time
 * @param subjectBurst API requests at once with tokens of one subject
 * @param subjectPer one more after this time
 * @param loginBurst attempts at once to log in under one name from one address
 * @param loginPer one more after this time
 * @param tokenBurst requests at once from one address to the endpoints that check credentials
 * @param tokenPer one more after this time
 */
@ConfigurationProperties("mall.gateway.rates")
record RateProperties(
    @DefaultValue("") String redisUrl,
    @DefaultValue("200ms") Duration redisTimeout,
    @DefaultValue("1000") int addressBurst,
    @DefaultValue("5ms") Duration addressPer,
    @DefaultValue("200") int subjectBurst,
    @DefaultValue("20ms") Duration subjectPer,
    @DefaultValue("10") int loginBurst,
    @DefaultValue("30s") Duration loginPer,
    @DefaultValue("100") int tokenBurst,
    @DefaultValue("1s") Duration tokenPer) {

  Rate address() {
    return new Rate(addressBurst, addressPer);
  }

  Rate subject() {
    return new Rate(subjectBurst, subjectPer);
  }

  Rate login() {
    return new Rate(loginBurst, loginPer);
  }

  Rate token() {
    return new Rate(tokenBurst, tokenPer);
  }
}
