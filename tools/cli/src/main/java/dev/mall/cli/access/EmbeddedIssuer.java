package dev.mall.cli.access;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/**
 * An OpenID Connect issuer on the loopback interface for malls that start no gateway: metadata, one
 * key that is made at the start, and tokens for {@link MachineClient}s alone.
 */
public final class EmbeddedIssuer implements AutoCloseable {

  /** Longer than services' clocks are set wrong by, and than a run takes. */
  static final Duration LIFETIME = Duration.ofDays(7);

  private static final String KEY_ID = "embedded";

  private final HttpServer server;
  private final KeyPair keys;
  private final String secret = random();

  private EmbeddedIssuer(HttpServer server, KeyPair keys) {
    this.server = server;
    this.keys = keys;
  }

  /** Answers until it is closed, or the JVM ends. */
  public static EmbeddedIssuer start() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      var issuer = new EmbeddedIssuer(server, generator.generateKeyPair());
      server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
      server.createContext(
          "/.well-known/openid-configuration", exchange -> answer(exchange, issuer.metadata()));
      server.createContext("/oauth2/jwks", exchange -> answer(exchange, issuer.publicKey()));
      server.createContext("/oauth2/token", issuer::answerToken);
      server.start();
      return issuer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** Tokens of this issuer, for all clients. */
  public Credentials credentials() {
    return new ClientCredentials(address(), _ -> secret);
  }

  String secret() {
    return secret;
  }

  private Map<String, Object> metadata() {
    return Map.of(
        "issuer", address().toString(),
        "jwks_uri", address().resolve("/oauth2/jwks").toString(),
        "token_endpoint", address().resolve("/oauth2/token").toString());
  }

  private Map<String, Object> publicKey() {
    var key = (RSAPublicKey) keys.getPublic();
    return Map.of(
        "keys",
        List.of(
            Map.of(
                "kty",
                "RSA",
                "use",
                "sig",
                "alg",
                "RS256",
                "kid",
                KEY_ID,
                "n",
                base64(unsigned(key.getModulus())),
                "e",
                base64(unsigned(key.getPublicExponent())))));
  }

  private void answerToken(HttpExchange exchange) throws IOException {
    var client = clientOf(exchange);
    if (client.isEmpty()) {
      answer(exchange, 401, Map.of("error", "invalid_client"));
      return;
    }
    answer(
        exchange,
        Map.of(
            "access_token", tokenOf(client.get()),
            "token_type", "Bearer",
            "expires_in", LIFETIME.toSeconds()));
  }

  private Optional<MachineClient> clientOf(HttpExchange exchange) {
    var header = exchange.getRequestHeaders().getFirst("Authorization");
    return Arrays.stream(MachineClient.values())
        .filter(client -> AccessTokens.basic(client.clientId(), secret).equals(header))
        .findFirst();
  }

  /** Without {@code nbf}: the clock of a service may be behind. */
  private String tokenOf(MachineClient client) {
    var now = Instant.now();
    var signed =
        json(Map.of("alg", "RS256", "kid", KEY_ID, "typ", "JWT"))
            + "."
            + json(
                Map.of(
                    "iss",
                    address().toString(),
                    "sub",
                    client.clientId(),
                    "aud",
                    List.of("mall"),
                    "roles",
                    List.of(client.role()),
                    "iat",
                    now.getEpochSecond(),
                    "exp",
                    now.plus(LIFETIME).getEpochSecond(),
                    "jti",
                    UUID.randomUUID().toString()));
    try {
      var signature = Signature.getInstance("SHA256withRSA");
      signature.initSign(keys.getPrivate());
      signature.update(signed.getBytes(StandardCharsets.US_ASCII));
      return signed + "." + base64(signature.sign());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static void answer(HttpExchange exchange, Map<String, Object> body) throws IOException {
    answer(exchange, 200, body);
  }

  private static void answer(HttpExchange exchange, int status, Map<String, Object> body)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      var bytes = JsonMapper.shared().writeValueAsBytes(body);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  private static String json(Map<String, Object> claims) {
    return base64(JsonMapper.shared().writeValueAsBytes(claims));
  }

  /** Without the byte of the sign that {@link BigInteger} puts in front. */
  private static byte[] unsigned(BigInteger number) {
    var bytes = number.toByteArray();
    return bytes[0] == 0 ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
  }

  private static String random() {
    var bytes = new byte[32];
    new SecureRandom().nextBytes(bytes);
    return base64(bytes);
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
