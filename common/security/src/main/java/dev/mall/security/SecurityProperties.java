package dev.mall.security;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Whose tokens a service accepts.
 *
 * @param issuer address of the OpenID Connect issuer; empty: no token is needed
 * @param jwksUri where this service reads the issuer's keys; empty: where the issuer's metadata
 *     says, which takes an issuer whose address can be reached from here
 * @param audience the {@code aud} that a token must have
 * @param keysRefreshedEvery how long the issuer's keys are used before they are read again; above
 *     10 s
 * @param keysKeptFor how long known keys are used while the issuer does not answer
 */
@ConfigurationProperties("mall.security")
record SecurityProperties(
    @DefaultValue("") String issuer,
    @DefaultValue("") String jwksUri,
    @DefaultValue("mall") String audience,
    @DefaultValue("5m") Duration keysRefreshedEvery,
    @DefaultValue("1d") Duration keysKeptFor) {

  private static final Duration SHORTEST = Duration.ofSeconds(10);

  SecurityProperties {
    if (keysRefreshedEvery.compareTo(SHORTEST) <= 0 || !keysKeptFor.isPositive()) {
      throw new IllegalArgumentException(
          "mall.security.keys-refreshed-every must be above 10 s, and keys-kept-for above zero");
    }
  }
}
