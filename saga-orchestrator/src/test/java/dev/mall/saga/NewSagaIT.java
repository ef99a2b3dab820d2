package dev.mall.saga;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.mall.contracts.OrderEvent.OrderConfirmed;
import dev.mall.example.ReplacementSaga;
import dev.mall.saga.checkout.Participants;
import dev.mall.saga.engine.SagaState;
import dev.mall.testing.TestDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.client.RestTestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A new saga is one file; timeline, operator's API, metrics and messages come with the bean. */
class NewSagaIT {

  private static final Map<String, String> REASON = Map.of("who", "grace", "why", "a test");

  private static Replica replica;
  private static SimulatedServices services;
  private static RestTestClient client;

  @BeforeAll
  static void start() {
    replica = Replica.start(TestDatabase.create("newsaga"), ReplacementSaga.class);
    services = new SimulatedServices(new Participants(1_000, 0));
    client =
        RestTestClient.bindToServer()
            .baseUrl(replica.url())
            .defaultHeader("Authorization", "Bearer " + Replica.TOKEN)
            .build();
  }

  @AfterAll
  static void stop() throws Exception {
    services.leave();
    replica.close();
  }

  @Test
  void takesOneShortFile() throws IOException {
    try (var lines = Files.lines(Path.of("src/test/java/dev/mall/example/ReplacementSaga.java"))) {
      assertThat(lines.count()).isLessThanOrEqualTo(80);
    }
  }

  @Test
  void runsToItsEndWithTimelineAndMetrics() {
    services.send(new OrderConfirmed(1));

    awaitState(1, SagaState.COMPLETED);

    var saga = get("/sagas/1");
    assertThat(saga.get("definition").asString()).isEqualTo("send-replacement");
    assertThat(saga.get("timeline").findValuesAsString("sent"))
        .startsWith("ReserveStock", "CommitReservation", "NotifyCustomer");
    var meters = replica.bean(MeterRegistry.class);
    assertThat(meters.get("mall.sagas.started").tag("definition", "send-replacement").counter())
        .matches(counter -> counter.count() >= 1);
    assertThat(meters.get("mall.sagas.step").tag("step", "announce").timer().count()).isPositive();
    var duration = meters.get("mall.sagas.duration").tag("state", "COMPLETED").timer();
    assertThat(duration.takeSnapshot().histogramCounts())
        .extracting(bucket -> bucket.bucket(TimeUnit.SECONDS))
        .containsExactly(10.0);
  }

  @Test
  void hasItsStepsAndActionsAtTheOperatorsApi() {
    assertThat(get("/steps").findValuesAsString("step"))
        .contains("reserve", "reserve-replacement", "release-replacement", "apologise");
    services.ignore(2, "reserve-replacement");
    services.send(new OrderConfirmed(2));
    awaitState(2, SagaState.RUNNING);

    client
        .post()
        .uri("/sagas/2/compensate")
        .contentType(MediaType.APPLICATION_JSON)
        .body(REASON)
        .exchange()
        .expectStatus()
        .isOk();

    awaitState(2, SagaState.COMPENSATED);
    var saga = get("/sagas/2");
    assertThat(saga.get("refusal").asString()).isEqualTo("OPERATOR");
    assertThat(saga.get("timeline").findValuesAsString("sent"))
        .containsSubsequence("ReserveStock", "ReleaseReservation", "NotifyCustomer");
    assertThat(saga.get("acts").findValuesAsString("act")).containsExactly("COMPENSATE");
  }

  private static void awaitState(long order, SagaState state) {
    await()
        .atMost(Duration.ofSeconds(40))
        .until(() -> replica.state(order).equals(Optional.of(state)));
  }

  private static JsonNode get(String path) {
    var body =
        client
            .get()
            .uri(path)
            .exchange()
            .expectStatus()
            .isOk()
            .expectBody(String.class)
            .returnResult()
            .getResponseBody();
    return JsonMapper.builder().build().readTree(body);
  }
}
