package dev.mall.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that need the operator's token, and those that need none. */
class OperatorAccessIT extends ShopRequests {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/desk/secret",
        "/desk/secret;x=1",
        "//desk/secret",
        "/%64esk/secret",
        "/desk/nothing"
      })
  void theOperatorsPathsNeedTheToken(String path) throws Exception {
    var without = get(path);
    var wrong = get(path, r -> r.header("Authorization", "Bearer open"));
    var right = get(path, r -> r.header("Authorization", "bearer open sesame, please"));

    if (right.statusCode() == 200) {
      assertThat(without.headers().firstValue("WWW-Authenticate")).isPresent();
      assertThat(type(problem(wrong, 401))).isEqualTo("unauthorized");
    }
    assertThat(without.body()).doesNotContain("for the operator");
  }

  @Test
  void theTokenOpensTheOperatorsPaths() throws Exception {
    var answer = get("/desk/secret", r -> r.header("Authorization", "Bearer open sesame, please"));

    assertThat(answer.body()).isEqualTo("for the operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/actuator", "/actuator/prometheus", "/actuator/info"})
  void actuatorBeyondHealthIsTheOperators(String path) throws Exception {
    assertThat(type(problem(get(path), 401))).isEqualTo("unauthorized");
    assertThat(get(path, r -> r.header("Authorization", "Bearer open sesame, please")).statusCode())
        .isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/actuator/health",
        "/actuator/health/liveness",
        "/actuator/health/readiness",
        "/livez",
        "/readyz",
        "/v3/api-docs",
        "/swagger-ui"
      })
  void healthAndDocumentsNeedNoToken(String path) throws Exception {
    assertThat(get(path).statusCode()).isIn(200, 302);
  }
}
