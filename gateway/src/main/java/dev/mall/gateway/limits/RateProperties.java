package dev.mall.gateway.limits;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The rates of requests. A burst is above zero, and a time at least 1 ms.
 *
 * @param redisUrl of the Redis that replicas share; empty: each replica counts for itself
 * @param redisTimeout longest time that a request waits for it; then the replica counts for itself
 * @param addressBurst requests at once from one address, on all paths but those of health
 * @param addressPer one more after this time
 * @param subjectBurst API requests at once with tokens of one subject
 * @param subjectPer one more after this time
 * @param sessionBurst requests at once from one address to the paths that may store a session
 * @param sessionPer one more after this time
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
    @DefaultValue("300") int sessionBurst,
    @DefaultValue("500ms") Duration sessionPer,
    @DefaultValue("10") int loginBurst,
    @DefaultValue("30s") Duration loginPer,
    @DefaultValue("100") int tokenBurst,
    @DefaultValue("1s") Duration tokenPer) {

  RateProperties {
    rate("address", addressBurst, addressPer);
    rate("subject", subjectBurst, subjectPer);
    rate("session", sessionBurst, sessionPer);
    rate("login", loginBurst, loginPer);
    rate("token", tokenBurst, tokenPer);
  }

  Rate address() {
    return rate("address", addressBurst, addressPer);
  }

  Rate subject() {
    return rate("subject", subjectBurst, subjectPer);
  }

  Rate session() {
    return rate("session", sessionBurst, sessionPer);
  }

  Rate login() {
    return rate("login", loginBurst, loginPer);
  }

  Rate token() {
    return rate("token", tokenBurst, tokenPer);
  }

  private static Rate rate(String name, int burst, Duration per) {
    try {
      return new Rate(burst, per);
    } catch (IllegalArgumentException invalid) {
      throw new IllegalArgumentException(
          "mall.gateway.rates.%1$s-burst and %1$s-per: %2$s".formatted(name, invalid.getMessage()),
          invalid);
    }
  }

  /** The address of Redis may hold its password, and stays out of logs. */
  @Override
  public String toString() {
    return "RateProperties[address=%s, subject=%s, session=%s, login=%s, token=%s]"
        .formatted(address(), subject(), session(), login(), token());
  }
}
