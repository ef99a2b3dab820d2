package dev.mall.gateway.identity;

import static dev.mall.testing.HttpApi.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.gateway.GatewayApplication;
import dev.mall.testing.HttpApi;
import dev.mall.testing.access.LocalIssuer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** The gateway where services accept the tokens of another issuer: an entrance alone. */
@SpringBootTest(
    classes = GatewayApplication.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.name=gateway",
      "spring.datasource.url=jdbc:postgresql://127.0.0.1:1/none",
      "mall.gateway.keys.secret=",
      "mall.gateway.identity.users.ada.password=short", // would end the start if it were used
      "mall.gateway.rates.redis-url=",
      "mall.gateway.rates.subject-burst=2",
      "mall.gateway.rates.subject-per=1m"
    })
class OtherIssuerIT {

  private static final LocalIssuer ISSUER = LocalIssuer.start();

  @LocalServerPort private int port;
  @Autowired private ApplicationContext context;

  private HttpApi api;

  @DynamicPropertySource
  static void issuer(DynamicPropertyRegistry registry) {
    registry.add("mall.security.issuer", ISSUER::address);
  }

  @BeforeEach
  void api() {
    api = new HttpApi(port);
  }

  @AfterAll
  static void close() {
    ISSUER.close();
  }

  @Test
  void startsWithoutADatabaseAndWithoutAKeySecret() throws Exception {
    assertThat(context.getBeansOfType(DataSource.class)).isEmpty();
    assertThat(api.get("/readyz").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/login",
        "/oauth2/authorize?response_type=code&client_id=cli",
        "/oauth2/jwks",
        "/userinfo",
        "/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server"
      })
  void hasNoPageAndNoEndpointOfAnAuthorizationServer(String path) throws Exception {
    assertThat(api.get(path).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/login", "/logout", "/oauth2/token", "/oauth2/introspect"})
  void takesNoCredentials(String path) throws Exception {
    var answer =
        api.send(
            api.to(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=client_credentials&client_id=load")));

    assertThat(answer.statusCode()).isIn(404, 405);
    assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
  }

  @Test
  void requestsAreCountedBySubjectOfTheIssuersTokens() throws Exception {
    var ada = ISSUER.token("ada", "CUSTOMER");

    assertThat(limitOf(ada)).isEqualTo("subject");
    assertThat(limitOf(ISSUER.token("ada", "CUSTOMER"))).isEqualTo("subject");
    problem(sent(ada), 429, "rate-limited");
    assertThat(sent(ISSUER.token("ben", "CUSTOMER")).statusCode())
        .as("a request of another subject, for which there is no route")
        .isEqualTo(404);
  }

  /** A service refuses them; counted by subject, they would use up the subject's requests. */
  @Test
  void tokensThatAServiceWouldRefuseAreCountedByAddressAlone() throws Exception {
    try (var stranger = new LocalIssuer()) {
      for (var token :
          List.of(
              stranger.token("cleo", "CUSTOMER"),
              stranger.token(it -> it.subject("cleo").issuer(ISSUER.address())),
              ISSUER.token(it -> it.subject("cleo").audience(List.of("other"))),
              ISSUER.token(it -> it.subject("cleo").claims(claims -> claims.remove("exp"))),
              "no token")) {
        assertThat(limitOf(token)).isEqualTo("address");
      }
    }
  }

  private String limitOf(String token) throws IOException, InterruptedException {
    var policy = sent(token).headers().firstValue("RateLimit-Policy").orElseThrow();
    return policy.substring(1, policy.indexOf('"', 1));
  }

  private HttpResponse<String> sent(String token) throws IOException, InterruptedException {
    return api.send(api.to("/api/nothing").header("Authorization", "Bearer " + token).GET());
  }
}
