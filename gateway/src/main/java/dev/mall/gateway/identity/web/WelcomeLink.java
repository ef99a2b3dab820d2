package dev.mall.gateway.identity.web;

import dev.mall.gateway.autoconfigure.OwnIssuer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.springframework.context.annotation.Conditional;
import org.springframework.stereotype.Component;

/** The one-time link: works once, for a while after the start, and on this computer alone. */
@Component
@Conditional(OwnIssuer.class)
class WelcomeLink {

  private static final Set<String> LOOPBACK =
      Set.of("127.0.0.1", "0:0:0:0:0:0:0:1", "::1", "[::1]", "[0:0:0:0:0:0:0:1]", "localhost");

  private final WelcomeProperties properties;
  private final Instant until;
  private final AtomicBoolean used = new AtomicBoolean();

  WelcomeLink(WelcomeProperties properties) {
    this.properties = properties;
    this.until = Instant.now().plus(properties.lifetime());
  }

  /**
   * Uses the link up, if it is the right one. A wrong token does not.
   *
   * @param address of the client
   * @param host to which the client sent the request
   */
  boolean admits(String token, String address, String host, Instant now) {
    return !properties.token().isEmpty()
        && LOOPBACK.contains(address)
        && LOOPBACK.contains(host)
        && now.isBefore(until)
        && isRight(token)
        && used.compareAndSet(false, true);
  }

  String login() {
    return properties.login();
  }

  private boolean isRight(String token) {
    return MessageDigest.isEqual(
        properties.token().getBytes(StandardCharsets.UTF_8),
        token.getBytes(StandardCharsets.UTF_8));
  }
}
