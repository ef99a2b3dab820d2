package dev.mall.cli.access;

import dev.mall.cli.HttpReply;
import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.UnexpectedReplyException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The access token of one program, renewed after half its lifetime and used until shortly before it
 * expires, so that an issuer may be unavailable for a while. Thread-safe.
 */
public final class AccessTokens {

  /** Longer than a request takes. */
  private static final Duration LEFT_UNUSED = Duration.ofMinutes(1);

  /** Between two attempts to renew a token that is still valid. */
  private static final Duration PAUSE = Duration.ofSeconds(5);

  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final URI issuer;
  private final String clientId;
  private final String secret;
  private final InstantSource clock;
  private final ReentrantLock renewal = new ReentrantLock();
  private volatile @Nullable URI tokenEndpoint;
  private volatile Known known = new Known("", Instant.MIN, Instant.MIN);

  private record Known(String token, Instant renewAt, Instant usedUntil) {

    Known renewedAt(Instant next) {
      return new Known(token, next, usedUntil);
    }
  }

  /**
   * @param issuer the address of the gateway, or of another OpenID Connect issuer
   */
  public AccessTokens(URI issuer, String clientId, String secret, InstantSource clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.secret = secret;
    this.clock = clock;
  }

  /**
   * A token that is valid for at least a minute, where the issuer's tokens last two.
   *
   * @throws UnexpectedReplyException if the issuer refuses, or does not answer and there is no
   *     token that is still valid
   */
  public String token() {
    var last = known;
    var now = clock.instant();
    if (now.isBefore(last.renewAt())) {
      return last.token();
    }
    if (!now.isBefore(last.usedUntil())) {
      renewal.lock();
      renewAndUnlock();
    } else if (renewal.tryLock()) { // other threads use the token, which is still valid
      renewAndUnlock();
    }
    return known.token();
  }

  private void renewAndUnlock() {
    try {
      if (!clock.instant().isBefore(known.renewAt())) { // another thread may have renewed it
        known = requested();
      }
    } finally {
      renewal.unlock();
    }
  }

  private Known requested() {
    var asked = clock.instant();
    var reply =
        HTTP.postForm(
            tokenEndpoint(),
            Map.of("grant_type", "client_credentials"),
            Map.of("Authorization", basic(clientId, secret)));
    if (isTemporary(reply) && asked.isBefore(known.usedUntil())) {
      return known.renewedAt(clock.instant().plus(PAUSE));
    }
    if (reply.status() != 200) {
      throw new UnexpectedReplyException(refusal(reply));
    }
    var lifetime = Duration.ofSeconds(reply.number("expires_in"));
    return new Known(
        reply.text("access_token"),
        asked.plus(lifetime.dividedBy(2)),
        asked.plus(lifetime).minus(LEFT_UNUSED));
  }

  private URI tokenEndpoint() {
    var endpoint = tokenEndpoint;
    if (endpoint == null) {
      endpoint = IssuerMetadata.of(issuer).endpoint("token_endpoint");
      tokenEndpoint = endpoint;
    }
    return endpoint;
  }

  /** Not a refusal of the client: no response, too many requests, or a failure of the issuer's. */
  private static boolean isTemporary(HttpReply reply) {
    return reply.status() == 0 || reply.status() == 429 || reply.status() >= 500;
  }

  /** Both are encoded, as RFC 6749 (2.3.1) wants it. */
  static String basic(String clientId, String secret) {
    var pair = encoded(clientId) + ":" + encoded(secret);
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.US_ASCII));
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private String refusal(HttpReply reply) {
    return switch (reply.status()) {
      case 0 -> "the issuer %s cannot be reached: %s".formatted(issuer, reply.failure());
      case 401 ->
          "the issuer %s does not know the client '%s' with this secret"
              .formatted(issuer, clientId);
      default -> "the client '%s' got no token: %s".formatted(clientId, reply);
    };
  }
}
