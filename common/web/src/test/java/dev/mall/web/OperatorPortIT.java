package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.web.operator.OperatorAccess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.actuate.endpoint.SecurityContext;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalManagementPort;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/** Actuator on a port of its own, as in containers. */
@SpringBootTest(
    classes = Shop.class,
    webEnvironment = WebEnvironment.RANDOM_PORT,
    properties = {
      "spring.config.import=classpath:mall-web.yml",
      "spring.application.name=shop",
      "MALL_MANAGEMENT_PORT=0",
      "MALL_OPERATOR_TOKEN=open sesame, please"
    })
@ExtendWith(OutputCaptureExtension.class)
class OperatorPortIT {

  private static final HttpClient http = HttpClient.newHttpClient();

  @LocalServerPort int port;
  @LocalManagementPort int managementPort;

  @ParameterizedTest
  @ValueSource(strings = {"/actuator", "/actuator/prometheus", "/%61ctuator/info"})
  void itNeedsTheToken(String path) throws Exception {
    var without = get(managementPort, path, "");
    var wrong = get(managementPort, path, "open");
    var right = get(managementPort, path, "open sesame, please");

    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(wrong.body()).contains("https://mall.dev/problems/unauthorized");
    assertThat(right.statusCode()).isEqualTo(200);
  }

  @Test
  void wrongTokensAreCountedAndLoggedOnceAMinuteAtMost(CapturedOutput log) throws Exception {
    for (int i = 0; i < 5; i++) {
      get(managementPort, "/actuator/info", "a guess");
    }

    assertThat(log.getAll().split("with a wrong operator token", -1)).hasSizeLessThan(3);
    assertThat(get(managementPort, "/actuator/prometheus", "open sesame, please").body())
        .containsPattern("mall_operator_wrong_tokens_total\\{[^}]*} ([5-9]|[1-9][0-9])");
  }

  @Test
  void healthNeedsNone() throws Exception {
    assertThat(get(managementPort, "/actuator/health", "").statusCode()).isEqualTo(200);
    assertThat(get(managementPort, "/actuator/health/readiness", "").statusCode()).isEqualTo(200);
  }

  @Test
  void theServicesPortHasProbesAndNoActuator() throws Exception {
    assertThat(get(port, "/livez", "").statusCode()).isEqualTo(200);
    assertThat(get(port, "/readyz", "").statusCode()).isEqualTo(200);
    assertThat(get(port, "/actuator/prometheus", "open sesame, please").statusCode())
        .isEqualTo(404);
  }

  @Test
  void withoutATokenTheOperatorsPathsAreClosed() throws Exception {
    var shop =
        new SpringApplicationBuilder(Shop.class)
            .properties(
                "spring.config.import=classpath:mall-web.yml",
                "spring.application.name=shop",
                "server.port=0")
            .run();
    try (shop) {
      var server = ((WebServerApplicationContext) shop).getWebServer();

      assertThat(get(server.getPort(), "/actuator/info", "").statusCode()).isEqualTo(401);
      assertThat(get(server.getPort(), "/actuator/health", "").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void whereAccessTokensAreJudgedTheyAdmitAndTheSharedTokenOnlyReads() throws Exception {
    OperatorAccess graces = (_, token) -> Optional.of("grace").filter(_ -> token.equals("grace's"));
    var shop =
        new SpringApplicationBuilder(Shop.class)
            .initializers(context -> register((GenericApplicationContext) context, graces))
            .properties(
                "spring.config.import=classpath:mall-web.yml",
                "spring.application.name=shop",
                "server.port=0",
                "MALL_MANAGEMENT_PORT=0",
                "MALL_OPERATOR_TOKEN=open sesame, please")
            .run("--management.endpoints.web.exposure.include=info,caller");
    try (shop) {
      int own = shop.getEnvironment().getRequiredProperty("local.management.port", Integer.class);

      assertThat(get(own, "/actuator/info", "grace's").statusCode()).isEqualTo(200);
      assertThat(get(own, "/actuator/info", "open sesame, please").statusCode()).isEqualTo(200);
      assertThat(get(own, "/actuator/info", "a guess").statusCode()).isEqualTo(401);
      assertThat(get(own, "/actuator/caller", "grace's").body()).contains("\"name\":\"grace\"");
      assertThat(get(own, "/actuator/caller", "open sesame, please").body()).isEqualTo("{}");
      assertThat(post(own, "/actuator/info", "grace's").statusCode()).isEqualTo(405);
      assertThat(post(own, "/actuator/info", "open sesame, please").statusCode()).isEqualTo(401);
    }
  }

  private static void register(GenericApplicationContext context, OperatorAccess access) {
    context.registerBean(OperatorAccess.class, () -> access);
    context.registerBean(CallerEndpoint.class);
  }

  /** Under whose name a request is handled. */
  @Endpoint(id = "caller")
  static final class CallerEndpoint {

    @ReadOperation
    Map<String, String> caller(SecurityContext security) {
      var caller = security.getPrincipal();
      return caller == null ? Map.of() : Map.of("name", caller.getName());
    }
  }

  private static HttpResponse<String> get(int port, String path, String token)
      throws IOException, InterruptedException {
    return http.send(to(port, path, token).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(int port, String path, String token)
      throws IOException, InterruptedException {
    var request = to(port, path, token).POST(BodyPublishers.noBody()).build();
    return http.send(request, BodyHandlers.ofString());
  }

  private static HttpRequest.Builder to(int port, String path, String token) {
    return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(port, path)))
        .header("Authorization", "Bearer " + token);
  }
}
