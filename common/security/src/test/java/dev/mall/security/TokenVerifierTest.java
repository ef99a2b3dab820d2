package dev.mall.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.testing.access.LocalIssuer;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtException;

class TokenVerifierTest {

  private LocalIssuer issuer;
  private TokenVerifier verifier;

  @BeforeEach
  void start() throws IOException {
    issuer = new LocalIssuer();
    verifier = verifier();
  }

  @AfterEach
  void close() {
    issuer.close();
  }

  @Test
  void aValidTokenNamesItsCaller() {
    assertThat(verifier.verify(issuer.token("ada", "CUSTOMER", "A_ROLE_OF_TOMORROW")))
        .hasValue(new Caller("ada", Set.of(Role.CUSTOMER)));
  }

  @Test
  void aTokenOfAnotherIssuerAudienceOrTimeIsNotValid() {
    var expired = Instant.now().minus(Duration.ofMinutes(5));

    assertThat(verifier.verify(issuer.token(it -> it.subject("ada").issuer("http://other"))))
        .isEmpty();
    assertThat(verifier.verify(issuer.token(it -> it.subject("ada").audience(List.of("other")))))
        .isEmpty();
    assertThat(
            verifier.verify(
                issuer.token(it ->
                    it.subject("ada").issuedAt(expired.minusSeconds(900)).expiresAt(expired))))
        .isEmpty();
    assertThat(verifier.verify(issuer.token(_ -> {}))).as("no subject").isEmpty();
    assertThat(verifier.verify(issuer.token(without("exp")))).isEmpty();
    assertThat(verifier.verify(issuer.token(without("aud")))).isEmpty();
    assertThat(verifier.verify(issuer.token(without("iss")))).isEmpty();
  }

  /** Issuers name the type of any JWT, that of access tokens (RFC 9068), or none. */
  @Test
  void aTokenOfAnotherTypeIsNotValid() {
    for (var type : List.of("JWT", "jwt", "at+jwt")) {
      assertThat(verifier.verify(token(type))).isPresent();
    }
    for (var type : List.of("logout+jwt", "dpop+jwt", "secevent+jwt")) {
      assertThat(verifier.verify(token(type))).isEmpty();
    }
  }

  private String token(String type) {
    return issuer.token(
        JwsHeader.with(SignatureAlgorithm.RS256).type(type).build(), it -> it.subject("ada"));
  }

  /** It would be stored with orders, and no wallet could be opened for it. */
  @Test
  void aSubjectThatCannotBeACustomersIdIsNotValid() {
    for (var subject : List.of(" ", "auth0|42", "ada/../ben", "a".repeat(65))) {
      assertThat(verifier.verify(issuer.token(subject, "CUSTOMER"))).isEmpty();
    }
  }

  @Test
  void rolesThatAreNoListAreNone() {
    for (var roles : List.of("OPERATOR", Map.of("OPERATOR", true), 7)) {
      assertThat(verifier.verify(issuer.token(it -> it.subject("ada").claim("roles", roles))))
          .hasValue(new Caller("ada", Set.of()));
    }
  }

  @Test
  void theMetadataOfAnotherIssuerIsNotRead() {
    var mistaken = "http://localhost:" + URI.create(issuer.address()).getPort();

    assertThatThrownBy(() -> verifier(mistaken, "").verify(issuer.token("ada", "CUSTOMER")))
        .isInstanceOf(JwtException.class);
  }

  @Test
  void theKeysMayBeReadAtAnotherAddressThanTheIssuers() {
    var behindAProxy = issuer.token(it -> it.subject("ada").issuer("https://mall.example.com"));
    var reached = verifier("https://mall.example.com", issuer.address() + "/keys");

    assertThat(reached.verify(behindAProxy)).isPresent();
    assertThat(reached.verify(issuer.token("ada", "CUSTOMER"))).as("of another issuer").isEmpty();
  }

  private static Consumer<JwtClaimsSet.Builder> without(String claim) {
    return it -> it.subject("ada").claims(all -> all.remove(claim));
  }

  @Test
  void aForgedTokenIsNotValid() throws IOException {
    var token = issuer.token("ada", "CUSTOMER");
    var parts = token.split("\\.");
    var claims = new String(Base64.getUrlDecoder().decode(parts[1]));
    var forged = encoded(claims.replace("CUSTOMER", "OPERATOR"));

    assertThat(verifier.verify(parts[0] + "." + forged + "." + parts[2])).isEmpty();
    assertThat(verifier.verify(encoded("{\"alg\":\"none\"}") + "." + parts[1] + ".")).isEmpty();
    assertThat(verifier.verify("not a token")).isEmpty();
    try (var stranger = new LocalIssuer()) {
      assertThat(verifier.verify(stranger.token(it -> it.subject("ada").issuer(issuer.address()))))
          .isEmpty();
    }
  }

  @Test
  void keysAreReadOnceAndAgainForAnUnknownKey() {
    for (int i = 0; i < 10; i++) {
      verifier.verify(issuer.token("ada", "CUSTOMER"));
    }
    assertThat(issuer.reads()).isEqualTo(1);

    issuer.rotate();

    assertThat(verifier.verify(issuer.token("ada", "CUSTOMER"))).isPresent();
    assertThat(issuer.reads()).isEqualTo(2);
  }

  @Test
  void knownKeysAreUsedWhileTheIssuerIsAbsent() {
    var token = issuer.token("ada", "CUSTOMER");
    assertThat(verifier.verify(token)).isPresent();

    issuer.fail();
    issuer.rotate();

    assertThat(verifier.verify(issuer.token("ada", "CUSTOMER")))
        .as("a key that is not known, for which the issuer was asked")
        .isEmpty();
    assertThat(verifier.verify(token)).isPresent();
  }

  @Test
  void manyTokensOfAnUnknownKeyAreNotValidAndDisturbNoOther() throws IOException {
    var token = issuer.token("ada", "CUSTOMER");
    assertThat(verifier.verify(token)).isPresent();

    try (var stranger = new LocalIssuer()) {
      stranger.rotate();
      for (int i = 0; i < 10; i++) {
        assertThat(verifier.verify(stranger.token("ada", "CUSTOMER"))).isEmpty();
      }
    }

    assertThat(issuer.reads()).as("limited").isLessThan(5);
    assertThat(verifier.verify(token)).isPresent();
  }

  @Test
  void withoutAnyKeysNothingIsDecided() {
    issuer.fail();

    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> verifier.verify(issuer.token("ada", "CUSTOMER")))
          .isInstanceOf(JwtException.class);
    }
  }

  private TokenVerifier verifier() {
    return verifier(issuer.address(), "");
  }

  private static TokenVerifier verifier(String issuer, String jwksUri) {
    return new TokenVerifier(
        new SecurityProperties(issuer, jwksUri, "mall", Duration.ofMinutes(5), Duration.ofHours(1)),
        new IssuerKeys(issuer, jwksUri));
  }

  private static String encoded(String json) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes());
  }
}
