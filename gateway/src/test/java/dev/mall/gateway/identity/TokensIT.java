package dev.mall.gateway.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.cli.UnexpectedReplyException;
import dev.mall.cli.access.AccessTokens;
import dev.mall.cli.access.LoginFlow;
import dev.mall.cli.access.LoginFlow.Program;
import dev.mall.gateway.GatewayTests;
import dev.mall.gateway.identity.IdentityProperties.ConfiguredUser;
import dev.mall.security.Role;
import dev.mall.testing.HttpApi;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/** Every grant, from login to logout, as a client sees it. */
class TokensIT extends GatewayTests {

  @Autowired private JdbcClient jdbc;
  @Autowired private Accounts accounts;
  @Autowired private ConfiguredAccounts configured;
  @Autowired private ExpiredAuthorizations authorizations;
  @Autowired private RegisteredClientRepository clients;
  @Autowired private PasswordEncoder passwords;

  private HttpApi api;

  @BeforeEach
  void api() {
    api = new HttpApi(port);
  }

  @Test
  void aCustomerLogsInWithACodeAndItsProof() throws Exception {
    var tokens = publicClient().login("ada", PASSWORD);

    var token = verified(tokens.path("access_token").asString());
    assertThat(token.getSubject()).isEqualTo("ada");
    assertThat(token.getAudience()).containsExactly("mall");
    assertThat(token.getClaimAsStringList("roles")).containsExactly("CUSTOMER");
    assertThat(token.getIssuer()).hasToString("http://localhost:8080");
    assertThat(Duration.between(token.getIssuedAt(), token.getExpiresAt()))
        .isEqualTo(Duration.ofMinutes(15));
    assertThat(verified(tokens.path("id_token").asString()).getAudience()).containsExactly("cli");
  }

  @Test
  void aProgramKeepsItsTokenAndLearnsThatItsSecretIsWrong() {
    var tokens = program(CLIENT_SECRET);

    var token = tokens.token();

    assertThat(tokens.token()).isEqualTo(token);
    assertThat(verified(token).getSubject()).isEqualTo("machine");
    assertThat(verified(token).getClaimAsStringList("roles")).containsExactly("MERCHANT");
    assertThatThrownBy(() -> program("another-secret-of-the-client").token())
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("does not know the client 'machine' with this secret");
  }

  private AccessTokens program(String secret) {
    return new AccessTokens(gateway(), "machine", secret, InstantSource.system());
  }

  @Test
  void theSubjectMayDifferFromTheLoginName() throws Exception {
    var token = verified(publicClient().login("mia", PASSWORD).path("access_token").asString());

    assertThat(token.getSubject()).isEqualTo("merchant-1");
    assertThat(token.getClaimAsStringList("roles")).containsExactly("AUDITOR", "MERCHANT");
  }

  @Test
  void aWrongPasswordIsRefused() {
    assertThatThrownBy(() -> publicClient().login("ada", "wrong"))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("refused");
    assertThatThrownBy(() -> publicClient().login("unknown-login", "wrong"))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("refused");
  }

  @Test
  void aCodeIsWorthNothingWithoutItsProofAndIsUsedOnce() throws Exception {
    var flow = publicClient();
    var code = flow.authorize("ada", PASSWORD);

    assertThatThrownBy(() -> publicClient().exchange(code))
        .as("another verifier")
        .isInstanceOf(UnexpectedReplyException.class);

    var second = publicClient();
    var used = second.authorize("ada", PASSWORD);
    second.exchange(used);
    assertThatThrownBy(() -> second.exchange(used)).isInstanceOf(UnexpectedReplyException.class);
  }

  @Test
  void anUnknownRedirectUriIsRefused() {
    var flow =
        new LoginFlow(
            gateway(), new Program("cli", "", URI.create("https://evil.example/callback")));

    assertThatThrownBy(() -> flow.authorize("ada", PASSWORD))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("400");
  }

  @Test
  void aRefreshTokenIsUsedOnceAndGivesTheRolesOfToday() throws Exception {
    var flow = shop();
    var first = flow.login("ben", PASSWORD);
    var ben = accounts.withSubject("ben").orElseThrow();
    accounts.save(new Account("ben", "ben", ben.passwordHash(), Set.of(Role.AUDITOR), true));

    var second = flow.refresh(first.path("refresh_token").asString());

    assertThat(verified(second.path("access_token").asString()).getClaimAsStringList("roles"))
        .containsExactly("AUDITOR");
    assertThatThrownBy(() -> flow.refresh(first.path("refresh_token").asString()))
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("invalid_grant");

    enable("ben", false);
    configured.afterSingletonsInstantiated(); // as at a restart
    assertThat(accounts.withSubject("ben").orElseThrow().enabled()).isFalse();
    assertThatThrownBy(() -> flow.refresh(second.path("refresh_token").asString()))
        .as("a disabled account")
        .isInstanceOf(UnexpectedReplyException.class)
        .hasMessageContaining("invalid_grant");
    enable("ben", true);
  }

  @Test
  void anotherSubjectForAKnownLoginIsReportedWithItsRemedy() {
    var changed =
        new IdentityProperties(
            URI.create("http://localhost:8080"),
            "mall",
            Duration.ofMinutes(15),
            Duration.ofHours(12),
            Map.of("mia", new ConfiguredUser(PASSWORD, "merchant-2", List.of(Role.MERCHANT))),
            Map.of());

    assertThatThrownBy(() ->
            new ConfiguredAccounts(changed, accounts, clients, passwords)
                .afterSingletonsInstantiated())
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("users.mia", "merchant-1", "merchant-2", "delete the row");
  }

  @Test
  void allExpiredAuthorizationsAreDeleted() {
    jdbc.sql(
            """
            insert into oauth2_authorization
              (id, registered_client_id, principal_name, authorization_grant_type,
               access_token_expires_at, refresh_token_expires_at)
            select 'expired-' || i, 'machine', 'machine', 'client_credentials',
              now() - interval '1 day', now() - interval '2 hours'
            from generate_series(1, 2500) i
            """)
        .update();

    authorizations.delete();

    assertThat(
            jdbc.sql("select count(*) from oauth2_authorization where id like 'expired-%'")
                .query(Long.class)
                .single())
        .isZero();
  }

  private void enable(String subject, boolean enabled) {
    jdbc.sql("update users set enabled = :enabled where subject = :subject")
        .param("enabled", enabled)
        .param("subject", subject)
        .update();
  }

  @Test
  void aMachineGetsATokenForItself() throws Exception {
    var answer = token("machine", CLIENT_SECRET, "grant_type=client_credentials");

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    var token = verified(HttpApi.body(answer).path("access_token").asString());
    assertThat(token.getSubject()).isEqualTo("machine");
    assertThat(token.getAudience()).containsExactly("mall");
    assertThat(token.getClaimAsStringList("roles")).containsExactly("MERCHANT");
  }

  @Test
  void aMachineWithAWrongSecretOrWithoutRolesGetsNone() throws Exception {
    assertThat(token("machine", "wrong", "grant_type=client_credentials").statusCode())
        .isEqualTo(401);
    assertThat(token("shop", CLIENT_SECRET, "grant_type=client_credentials").statusCode())
        .isEqualTo(400);
  }

  @Test
  void logoutEndsTheSession() throws Exception {
    var flow = shop();
    var idToken = flow.login("ada", PASSWORD).path("id_token").asString();

    var goodbye = flow.logout(idToken, URI.create("http://127.0.0.1/goodbye"));

    assertThat(goodbye.getPath()).isEqualTo("/goodbye");
    assertThat(flow.isLoggedIn()).isFalse();
  }

  @Test
  void aRevokedTokenIsInactive() throws Exception {
    var token =
        HttpApi.body(token("machine", CLIENT_SECRET, "grant_type=client_credentials"))
            .path("access_token")
            .asString();

    assertThat(isActive(token)).isTrue();
    client("/oauth2/revoke", "machine", CLIENT_SECRET, "token=" + token);
    assertThat(isActive(token)).isFalse();
  }

  @Test
  void standardMetadataDescribesTheEndpoints() throws Exception {
    for (var path :
        List.of("/.well-known/oauth-authorization-server", "/.well-known/openid-configuration")) {
      var metadata = HttpApi.body(api.get(path));
      assertThat(metadata.path("issuer").asString()).isEqualTo("http://localhost:8080");
      assertThat(metadata.path("jwks_uri").asString()).endsWith("/oauth2/jwks");
      assertThat(metadata.path("code_challenge_methods_supported").toString()).contains("S256");
    }
  }

  @Test
  void passwordsAndSecretsAreStoredAsHashes() {
    assertThat(jdbc.sql("select password_hash from users").query(String.class).list())
        .isNotEmpty()
        .allMatch(hash -> hash.startsWith("{bcrypt}$2a$10$"));
    assertThat(
            jdbc.sql(
                    """
                    select client_secret from oauth2_registered_client
                    where client_secret is not null
                    """)
                .query(String.class)
                .list())
        .isNotEmpty()
        .allMatch(hash -> hash.startsWith("{bcrypt}"));
  }

  private boolean isActive(String token) throws IOException, InterruptedException {
    return HttpApi.body(client("/oauth2/introspect", "machine", CLIENT_SECRET, "token=" + token))
        .path("active")
        .asBoolean();
  }

  private HttpResponse<String> token(String id, String secret, String form)
      throws IOException, InterruptedException {
    return client("/oauth2/token", id, secret, form);
  }

  private HttpResponse<String> client(String path, String id, String secret, String form)
      throws IOException, InterruptedException {
    var basic =
        Base64.getEncoder().encodeToString((id + ":" + secret).getBytes(StandardCharsets.UTF_8));
    return api.send(
        api.to(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Authorization", "Basic " + basic)
            .POST(BodyPublishers.ofString(form)));
  }

  /** By the published keys, as a service verifies it. */
  private Jwt verified(String token) {
    return NimbusJwtDecoder.withJwkSetUri(gateway() + "/oauth2/jwks").build().decode(token);
  }
}
