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

/** The access token of one program, kept until shortly before it expires. Thread-safe. */
public final class AccessTokens {

  /** Longer than a request takes. */
  private static final Duration RENEWED_BEFORE = Duration.ofMinutes(1);

  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(30));

  private final URI issuer;
  private final String clientId;
  private final String secret;
  private final InstantSource clock;
  private volatile Known known = new Known("", Instant.MIN);

  private record Known(String token, Instant renewAt) {}

  /**
   * @param issuer the address of the gateway, or of another server with its token endpoint
   */
  public AccessTokens(URI issuer, String clientId, String secret, InstantSource clock) {
    this.issuer = issuer;
    this.clientId = clientId;
    this.secret = secret;
    this.clock = clock;
  }

  /**
   * A token that is valid for at least a minute, where the issuer's tokens last that long.
   *
   * @throws UnexpectedReplyException if the issuer does not answer, or gives none
   */
  public String token() {
    var last = known;
    return isCurrent(last) ? last.token() : renewed();
  }

  private synchronized String renewed() {
    if (!isCurrent(known)) { // another thread may have renewed it meanwhile
      known = request();
    }
    return known.token();
  }

  private boolean isCurrent(Known it) {
    return clock.instant().isBefore(it.renewAt());
  }

  private Known request() {
    var asked = clock.instant();
    var reply =
        HTTP.postForm(
            issuer.resolve("/oauth2/token"),
            Map.of("grant_type", "client_credentials"),
            Map.of("Authorization", basic(clientId, secret)));
    if (reply.status() != 200) {
      throw new UnexpectedReplyException(refusal(reply));
    }
    var lifetime = Duration.ofSeconds(reply.number("expires_in"));
    return new Known(reply.text("access_token"), asked.plus(lifetime).minus(RENEWED_BEFORE));
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
