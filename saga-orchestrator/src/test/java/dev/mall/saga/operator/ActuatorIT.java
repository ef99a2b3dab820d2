package dev.mall.saga.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mall.testing.StoredApi;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.client.RestTestClient;

/** Access, health, metrics, outbox and the stored API. */
class ActuatorIT extends OperatorFixture {

  @ParameterizedTest
  @CsvSource({"/sagas", "/sagas/1", "/actuator/prometheus", "/v3/api-docs", "/nowhere"})
  void isTheOperatorsAlone(String path) {
    var stranger = RestTestClient.bindToServer().baseUrl(replica.url()).build();

    assertThat(get(stranger, path, 401).get("type").asString()).endsWith("/unauthorized");
  }

  @Test
  void answersHealthChecksWithoutAToken() {
    var stranger = RestTestClient.bindToServer().baseUrl(replica.url()).build();

    assertThat(get(stranger, "/actuator/health/liveness", 200).get("status").asString())
        .isEqualTo("UP");
  }

  @Test
  void countsWhatNeedsALook() {
    var metrics =
        client
            .get()
            .uri("/actuator/prometheus")
            .exchange()
            .returnResult(String.class)
            .getResponseBody();

    assertThat(metrics)
        .containsPattern("mall_sagas_open\\{.*} 4\\.0")
        .containsPattern("mall_sagas_overdue\\{.*} 1\\.0")
        .containsPattern("mall_sagas_parked\\{.*} 1\\.0")
        .containsPattern("mall_sagas_started_total\\{.*} \\d+");
  }

  @Test
  void servesTheApiThatIsStored() {
    var served =
        client.get().uri("/v3/api-docs").exchange().returnResult(String.class).getResponseBody();

    StoredApi.assertUnchanged("saga-orchestrator", served);
  }

  @Test
  void showsTheBacklogOfTheOutbox() {
    paying();

    var outbox = ok("/actuator/outbox");

    assertThat(outbox.get("rows").asInt()).isPositive();
    assertThat(outbox.get("oldestSeconds").asDouble()).isNotNegative();
    assertThat(outbox.has("lastFailure")).isTrue();
  }

  @Test
  void listsReleasesAndDiscardsWhatIsQuarantined() {
    quarantine(replica, -7, "refused");
    quarantine(replica, -6, "refused, too");
    var path = "/actuator/outboxquarantine";

    var listed = ok(path);
    assertThat(listed.get("rows").asInt()).isEqualTo(2);
    assertThat(listed.get("oldest").findValuesAsString("reason"))
        .containsExactly("refused", "refused, too");

    var because = Map.of("who", "grace", "why", "the topic takes more now");
    client.post().uri(path + "/-7").body(because).exchange().expectStatus().isNoContent();
    client.post().uri(path + "/-7").body(because).exchange().expectStatus().isNotFound();
    client.post().uri(path + "/-6").body(Map.of()).exchange().expectStatus().isBadRequest();
    client.delete().uri(path + "/-6?who=grace&why=void").exchange().expectStatus().isNoContent();

    assertThat(ok(path).get("rows").asInt()).isZero();
    assertThat(
            replica
                .bean(JdbcClient.class)
                .sql("select payload from outbox where topic = 'quarantined'")
                .query(byte[].class)
                .single())
        .containsExactly(1, 2, 3);
  }
}
