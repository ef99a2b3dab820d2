package dev.mall.testing.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/** An issuer of tokens with a key of its own, which publishes metadata and keys. */
public final class LocalIssuer implements AutoCloseable {

  private final HttpServer server;
  private volatile RSAKey key = newKey("first");
  private volatile boolean failing;
  private final AtomicInteger reads = new AtomicInteger();

  /** For a constant of a test class. */
  public static LocalIssuer start() {
    try {
      return new LocalIssuer();
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  public LocalIssuer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/.well-known/openid-configuration",
        exchange ->
            answer(
                exchange,
                "{\"issuer\":\"%s\",\"jwks_uri\":\"%s/keys\"}".formatted(address(), address())));
    server.createContext(
        "/keys",
        exchange -> {
          reads.incrementAndGet();
          answer(exchange, new JWKSet(key.toPublicJWK()).toString());
        });
    server.start();
  }

  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** The number of times that the keys were read. */
  public int reads() {
    return reads.get();
  }

  public void rotate() {
    key = newKey("second");
  }

  public void fail() {
    failing = true;
  }

  public String token(String subject, String... roles) {
    return token(claims -> claims.subject(subject).claim("roles", List.of(roles)));
  }

  /** Valid, unless {@code changes} make it otherwise. */
  public String token(Consumer<JwtClaimsSet.Builder> changes) {
    return token(JwsHeader.with(SignatureAlgorithm.RS256).build(), changes);
  }

  /** As above, with another header than most issuers give. */
  public String token(JwsHeader header, Consumer<JwtClaimsSet.Builder> changes) {
    var now = Instant.now();
    var claims =
        JwtClaimsSet.builder()
            .issuer(address())
            .audience(List.of("mall"))
            .issuedAt(now)
            .expiresAt(now.plusSeconds(900));
    changes.accept(claims);
    return new NimbusJwtEncoder(new ImmutableJWKSet<>(new JWKSet(key)))
        .encode(JwtEncoderParameters.from(header, claims.build()))
        .getTokenValue();
  }

  private void answer(HttpExchange exchange, String json) throws IOException {
    try (exchange) {
      var body = json.getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(failing ? 503 : 200, body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static RSAKey newKey(String id) {
    try {
      return new RSAKeyGenerator(2048).keyID(id).generate();
    } catch (JOSEException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
