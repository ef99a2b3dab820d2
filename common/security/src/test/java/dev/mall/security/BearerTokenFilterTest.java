package dev.mall.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mall.testing.access.LocalIssuer;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** A service with rules, with an issuer and without. */
class BearerTokenFilterTest {

  /** A service without rules. */
  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  static class Empty {}

  @SpringBootConfiguration
  @EnableAutoConfiguration(exclude = DataSourceAutoConfiguration.class)
  @RestController
  static class Shop {

    @Bean
    AccessRules rules() {
      return new AccessRules(
          List.of(
              AccessRule.open("GET", "/products"),
              AccessRule.owned("GET", "/things", new AccessRule.Owner.Parameter("owner")),
              AccessRule.owned("GET", "/things/{owner}", new AccessRule.Owner.Data()),
              AccessRule.owned(
                  "POST", "/things/{owner}", new AccessRule.Owner.Data(), Role.OPERATOR)));
    }

    @PostMapping("/things/{owner}")
    String change(@PathVariable String owner, HttpServletRequest request) {
      Callers.customer(request, owner);
      return "\"changed\"";
    }

    @GetMapping("/products")
    String products() {
      return "\"all\"";
    }

    @GetMapping("/things")
    String things(
        @RequestParam(required = false) @Nullable String owner, HttpServletRequest request) {
      return "\"of %s\"".formatted(Callers.customer(request, owner));
    }

    @GetMapping("/things/{owner}")
    String thing(@PathVariable String owner, HttpServletRequest request) {
      Callers.customer(request, owner);
      return "\"of %s\"".formatted(owner);
    }
  }

  @Test
  void anIssuerMakesRulesCount() throws Exception {
    try (var issuer = new LocalIssuer();
        var service = start("--mall.security.issuer=" + issuer.address())) {
      var ada = issuer.token("ada", "CUSTOMER");

      assertThat(get(service, "/products", "").statusCode()).isEqualTo(200);
      assertThat(get(service, "/livez", "").statusCode()).isNotEqualTo(401);
      assertThat(get(service, "/things/ada", ada).body()).isEqualTo("\"of ada\"");
      assertProblem(get(service, "/things/ada", ""), 401, "token-required");
      assertProblem(get(service, "/things/ada", ada + "x"), 401, "token-required");
      assertProblem(get(service, "/things/ben", ada), 403, "forbidden");
      assertProblem(get(service, "/nothing", ada), 403, "forbidden");
      assertThat(get(service, "/things/ada", ada + "x").headers().firstValue("WWW-Authenticate"))
          .hasValue("Bearer realm=\"mall\", error=\"invalid_token\"");
      assertThat(get(service, "/things/ben", issuer.token("eve", "AUDITOR")).statusCode())
          .isEqualTo(200);
    }
  }

  @Test
  void anotherRoleDoesNotMakeACustomerTheOwner() throws Exception {
    try (var issuer = new LocalIssuer();
        var service = start("--mall.security.issuer=" + issuer.address())) {
      assertProblem(
          post(service, "/things/ben", issuer.token("ada", "CUSTOMER", "AUDITOR")),
          403,
          "forbidden");
      assertProblem(
          post(service, "/things/ben", issuer.token("ada", "CUSTOMER", "MERCHANT")),
          403,
          "forbidden");
      assertThat(post(service, "/things/ada", issuer.token("ada", "CUSTOMER", "AUDITOR")).body())
          .isEqualTo("\"changed\"");
      assertThat(post(service, "/things/ben", issuer.token("eve", "OPERATOR")).body())
          .isEqualTo("\"changed\"");
      assertThat(
              get(service, "/things/ben", issuer.token("ada", "CUSTOMER", "AUDITOR")).statusCode())
          .as("an auditor reads")
          .isEqualTo(200);
      assertProblem(
          get(service, "/things/ben", issuer.token("ada", "CUSTOMER", "MERCHANT")),
          403,
          "forbidden");
    }
  }

  @Test
  void aCustomerMayLeaveOutWhoseThings() throws Exception {
    try (var issuer = new LocalIssuer();
        var service = start("--mall.security.issuer=" + issuer.address())) {
      var ada = issuer.token("ada", "CUSTOMER");

      assertThat(get(service, "/things", ada).body()).isEqualTo("\"of ada\"");
      assertThat(get(service, "/things?owner=ada", ada).body()).isEqualTo("\"of ada\"");
      assertProblem(get(service, "/things?owner=ben", ada), 403, "forbidden");
      assertProblem(get(service, "/things?owner=ada&owner=ben", ada), 403, "forbidden");
      assertProblem(
          get(service, "/things", issuer.token("eve", "AUDITOR")), 400, "invalid-request");
    }
  }

  @Test
  void anIssuerWithoutRulesEndsTheStart() {
    assertThatThrownBy(() ->
            SpringApplication.run(
                    Empty.class,
                    "--server.port=0",
                    "--spring.application.name=shop",
                    "--spring.config.name=mall-web",
                    "--mall.security.issuer=http://127.0.0.1:1")
                .close())
        .rootCause()
        .hasMessageContaining("MALL_SECURITY_ISSUER")
        .hasMessageContaining("AccessRules");
  }

  @Test
  void anIssuerThatNeverAnsweredIsAProblemOfItsOwn() throws Exception {
    try (var issuer = new LocalIssuer();
        var service = start("--mall.security.issuer=" + issuer.address())) {
      issuer.fail();

      var answer = get(service, "/things/ada", issuer.token("ada", "CUSTOMER"));

      assertProblem(answer, 503, "issuer-unavailable");
      assertThat(answer.headers().firstValue("Retry-After")).hasValue("5");
      assertThat(get(service, "/products", issuer.token("ada", "CUSTOMER")).statusCode())
          .as("a request that needs no token")
          .isEqualTo(200);
    }
  }

  @Test
  @ExtendWith(OutputCaptureExtension.class)
  void withoutAnIssuerNoTokenIsNeededAndTheLogSaysSo(CapturedOutput output) throws Exception {
    try (var service = start("--mall.security.issuer=")) {
      assertThat(output.getAll()).containsOnlyOnce("requests need no token");
      assertThat(get(service, "/things/ada", "").statusCode()).isEqualTo(200);
    }
  }

  private static ConfigurableApplicationContext start(String setting) {
    return SpringApplication.run(
        Shop.class,
        "--server.port=0",
        "--spring.application.name=shop",
        "--spring.config.name=mall-web",
        setting);
  }

  private static HttpResponse<String> get(
      ConfigurableApplicationContext service, String path, String token)
      throws IOException, InterruptedException {
    return send(service, path, token, "GET");
  }

  private static HttpResponse<String> post(
      ConfigurableApplicationContext service, String path, String token)
      throws IOException, InterruptedException {
    return send(service, path, token, "POST");
  }

  private static HttpResponse<String> send(
      ConfigurableApplicationContext service, String path, String token, String method)
      throws IOException, InterruptedException {
    var port = service.getEnvironment().getRequiredProperty("local.server.port");
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%s%s".formatted(port, path)))
            .method(method, BodyPublishers.noBody());
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    try (var client = HttpClient.newHttpClient()) {
      return client.send(request.build(), BodyHandlers.ofString());
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String type) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.body()).contains("https://mall.dev/problems/" + type);
  }
}
