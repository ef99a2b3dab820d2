package dev.mall.gateway.identity.web;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.context.annotation.Conditional;

/**
 * A link that logs in without a password, for a mall on one's own computer.
 *
 * @param token random, at least 32 characters; empty: there is no such link
 * @param login who is logged in
 * @param lifetime how long after the start the link works, once; above zero, at most an hour
 */
@ConfigurationProperties("mall.gateway.welcome")
@Conditional(OwnIssuer.class)
record WelcomeProperties(
    @DefaultValue("") String token,
    @DefaultValue("ada") String login,
    @DefaultValue("15m") Duration lifetime) {

  private static final int SHORTEST = 32;
  private static final Duration LONGEST = Duration.ofHours(1);

  WelcomeProperties {
    if (!token.isEmpty() && token.length() < SHORTEST) {
      throw new IllegalArgumentException(
          "mall.gateway.welcome.token must have at least %d characters".formatted(SHORTEST));
    }
    if (!lifetime.isPositive() || lifetime.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException(
          "mall.gateway.welcome.lifetime must be above zero and at most an hour");
    }
  }

  /** The token stays out of logs. */
  @Override
  public String toString() {
    return "WelcomeProperties[login=%s, lifetime=%s]".formatted(login, lifetime);
  }
}
