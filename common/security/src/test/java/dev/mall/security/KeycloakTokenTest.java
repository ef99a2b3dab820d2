package dev.mall.security;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.access.LocalIssuer;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * Tokens with the claims that Keycloak 26.7.3 gave in the realm of docker/keycloak/mall-realm.json;
 * issuer, times and key are the test's own.
 */
class KeycloakTokenTest {

  private static final String PERSON =
      """
      {"jti": "onrtac:c19ee5e2-9609-bcc3-064d-8b87ad381458", "aud": "mall", "sub": "ada",
       "typ": "Bearer", "azp": "cli", "sid": "xYUGnOSzpUcNjY-503NrDhL-", "scope": "openid",
       "roles": ["CUSTOMER"]}
      """;

  private static final String PROGRAM =
      """
      {"jti": "trrtcc:474f1195-12fe-c6c2-cb03-6e42433ae67f", "aud": "mall", "sub": "load",
       "typ": "Bearer", "azp": "load", "scope": "", "roles": ["CHANNEL"]}
      """;

  private static final String ID_TOKEN =
      """
      {"jti": "df8c0f59-14da-f44e-62e2-07f3613212ba", "aud": "cli", "sub": "ada", "typ": "ID",
       "azp": "cli", "sid": "xYUGnOSzpUcNjY-503NrDhL-", "at_hash": "n0-XNdAooRndbCxDDxSKjA"}
      """;

  /** Of a client without the realm's client scopes, as Keycloak's own clients are. */
  private static final String WITHOUT_SCOPES =
      """
      {"jti": "onltro:fdf2abed-394e-5642-2858-8e5af7fbddc9", "typ": "Bearer", "azp": "admin-cli",
       "sid": "9cWc29eu4pOPKmLYjm53wVEE", "scope": ""}
      """;

  private static LocalIssuer issuer;
  private static TokenVerifier verifier;

  @BeforeAll
  static void start() {
    issuer = LocalIssuer.start();
    verifier =
        new TokenVerifier(
            new SecurityProperties(
                issuer.address(), "", "mall", Duration.ofMinutes(5), Duration.ofHours(1)),
            new IssuerKeys(issuer.address(), ""));
  }

  @AfterAll
  static void stop() {
    issuer.close();
  }

  @Test
  void aPersonHasTheNameOfTheUser() {
    assertThat(verifier.verify(token(PERSON))).hasValue(new Caller("ada", Set.of(Role.CUSTOMER)));
  }

  @Test
  void aProgramHasItsClientId() {
    assertThat(verifier.verify(token(PROGRAM))).hasValue(new Caller("load", Set.of(Role.CHANNEL)));
  }

  @Test
  void anIdTokenIsNoAccessToken() {
    assertThat(verifier.verify(token(ID_TOKEN))).isEmpty();
  }

  @Test
  void aTokenOfAnotherClientIsNotValid() {
    assertThat(verifier.verify(token(WITHOUT_SCOPES))).isEmpty();
  }

  private static String token(String recorded) {
    var claims =
        JsonMapper.shared().readValue(recorded, new TypeReference<Map<String, Object>>() {});
    return issuer.token(it ->
        it.claims(all -> {
          all.remove("aud");
          all.putAll(claims);
        }));
  }
}
