package dev.mall.cli.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.JsonHttpClient;
import dev.mall.cli.UnexpectedReplyException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Tokens of programs, from the embedded issuer. */
class AccessTokensTest {

  private static final JsonHttpClient HTTP =
      new JsonHttpClient(Duration.ofSeconds(5), Duration.ofSeconds(5));

  private final EmbeddedIssuer issuer = EmbeddedIssuer.start();
  private Instant now = Instant.parse("2026-11-29T12:00:00Z");

  @AfterEach
  void stop() {
    issuer.close();
  }

  @Test
  void aTokenNamesTheClientAndItsRoleAndIsSignedWithThePublishedKey() throws Exception {
    var header = issuer.credentials().of(MachineClient.IMPORT).get("Authorization");

    assertThat(header).startsWith("Bearer ");
    var parts = header.substring("Bearer ".length()).split("\\.", -1);
    var claims = JsonMapper.shared().readTree(decoded(parts[1]));
    assertThat(claims.path("iss").asString()).isEqualTo(issuer.address().toString());
    assertThat(claims.path("sub").asString()).isEqualTo("import");
    assertThat(claims.path("aud")).hasToString("[\"mall\"]");
    assertThat(claims.path("roles")).hasToString("[\"MERCHANT\"]");
    var signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(publishedKey());
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(decoded(parts[2]))).isTrue();
  }

  @Test
  void aTokenIsRenewedAfterHalfItsLifetime() {
    var tokens = tokens(issuer.secret());
    var first = tokens.token();

    now = now.plus(EmbeddedIssuer.LIFETIME.dividedBy(2)).minusSeconds(1);
    assertThat(tokens.token()).isEqualTo(first);

    now = now.plusSeconds(1);
    var second = tokens.token();
    assertThat(second).isNotEqualTo(first);
    assertThat(tokens.token()).isEqualTo(second);
  }

  @Test
  void aTokenIsUsedUntilAMinuteBeforeItExpiresWhileTheIssuerIsUnavailable() {
    var tokens = tokens(issuer.secret());
    var first = tokens.token();
    issuer.close();

    now = now.plus(EmbeddedIssuer.LIFETIME).minusSeconds(61);
    assertThat(tokens.token()).isEqualTo(first);

    now = now.plusSeconds(6); // the next attempt
    assertThatThrownBy(tokens::token).isInstanceOf(UnexpectedReplyException.class);
  }

  @Test
  void threadsThatNeedATokenAtOnceShareOne() {
    var tokens = tokens(issuer.secret());
    var seen = ConcurrentHashMap.<String>newKeySet();

    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 50; i++) {
        threads.execute(() -> seen.add(tokens.token()));
      }
    }

    assertThat(seen).hasSize(1);
  }

  @Test
  void aWrongSecretIsNamedAsTheReason() {
    assertThatThrownBy(() -> tokens("guess").token())
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("does not know the client 'load' with this secret");
  }

  @Test
  void anIssuerThatDoesNotAnswerIsNamedAndAskedAgain() {
    var tokens = tokens(issuer.secret());
    issuer.close();

    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(tokens::token)
          .isInstanceOf(UnexpectedReplyException.class)
          .hasMessageContaining("%s cannot be reached".formatted(issuer.address()));
    }
  }

  @Test
  void withoutAnIssuerTheDeskAloneHasACredential() {
    var credentials = Credentials.withoutIssuer("open sesame");

    assertThat(credentials.of(MachineClient.DESK))
        .containsExactly(Map.entry("Authorization", "Bearer open sesame"));
    assertThat(credentials.of(MachineClient.LOAD)).isEmpty();
  }

  private AccessTokens tokens(String secret) {
    return new AccessTokens(issuer.address(), "load", secret, () -> now);
  }

  private PublicKey publishedKey() throws Exception {
    var metadata = read(issuer.address().resolve("/.well-known/openid-configuration"));
    var key = read(URI.create(metadata.path("jwks_uri").asString())).path("keys").path(0);
    return KeyFactory.getInstance("RSA")
        .generatePublic(new RSAPublicKeySpec(number(key.path("n")), number(key.path("e"))));
  }

  private static JsonNode read(URI address) {
    return HTTP.get(address, Map.of()).expect(200).body();
  }

  private static BigInteger number(JsonNode text) {
    return new BigInteger(1, decoded(text.asString()));
  }

  private static byte[] decoded(String text) {
    return Base64.getUrlDecoder().decode(text);
  }
}
