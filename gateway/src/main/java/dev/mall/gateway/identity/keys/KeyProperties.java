package dev.mall.gateway.identity.keys;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Conditional;

/**
 * The keys that sign tokens.
 *
 * @param secret encrypts the private keys in the database; at least 32 characters, no default
 * @param signFor how long a key signs
 * @param publishAhead how long a key is published before it signs; above the time for which
 *     services cache keys, and below {@code signFor}
 * @param publishAfter how long a key is published after it signed last; at least an hour, which is
 *     above the lifetime of id tokens, and above the lifetime of access tokens
 */
@ConfigurationProperties("mall.gateway.keys")
@Conditional(OwnIssuer.class)
record KeyProperties(
    @DefaultValue("") String secret,
    @DefaultValue("30d") Duration signFor,
    @DefaultValue("1d") Duration publishAhead,
    @DefaultValue("1d") Duration publishAfter) {

  private static final int SHORTEST = 32;
  private static final Duration SHORTEST_AFTER = Duration.ofHours(1);

  KeyProperties {
    if (secret.strip().length() < SHORTEST) {
      throw new IllegalArgumentException(
          """
          mall.gateway.keys.secret (MALL_GATEWAY_KEY_SECRET) must have at least %d characters: \
          for example the output of openssl rand -base64 32\
          """
              .formatted(SHORTEST));
    }
    if (!publishAhead.isPositive() || publishAhead.compareTo(signFor) >= 0) {
      throw new IllegalArgumentException(
          "mall.gateway.keys.publish-ahead must be above zero and below sign-for");
    }
    if (publishAfter.compareTo(SHORTEST_AFTER) < 0) {
      throw new IllegalArgumentException(
          "mall.gateway.keys.publish-after must be at least an hour: a token would outlive its key");
    }
  }

  KeySchedule schedule() {
    return new KeySchedule(signFor, publishAhead, publishAfter);
  }

  /** The secret stays out of logs. */
  @Override
  public String toString() {
    return "KeyProperties[signFor=%s, publishAhead=%s, publishAfter=%s]"
        .formatted(signFor, publishAhead, publishAfter);
  }
}
